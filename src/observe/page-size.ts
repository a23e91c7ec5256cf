import { readFileSync } from 'node:fs'

const AT_PAGESZ = 6n
const ENTRY = 16

/** The size of a page of memory in bytes, from an auxiliary vector as /proc/PID/auxv shows it. Source: getauxval(3). */
export function pageSizeIn(vector: Buffer): number {
  for (let at = 0; at + ENTRY <= vector.length; at += ENTRY)
    if (vector.readBigUInt64LE(at) === AT_PAGESZ) return Number(vector.readBigUInt64LE(at + 8))
  return 4096
}

/** The size of a page on this machine: 4 KiB, or on some arm64 kernels 16 or 64. */
export const PAGE_SIZE = pageSizeIn(readFileSync('/proc/self/auxv'))
