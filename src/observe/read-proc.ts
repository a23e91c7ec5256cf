import { closeSync, openSync, readSync } from 'node:fs'

const buffer = Buffer.alloc(64 * 1024)

/**
 * The text of a small file in /proc, or null when it cannot be read: the process is gone, or is not ours. What is
 * longer than 64 KiB is cut.
 */
export function readProc(path: string): string | null {
  let fd: number
  try {
    fd = openSync(path, 'r')
  } catch {
    return null
  }
  try {
    return buffer.toString('utf8', 0, readSync(fd, buffer, 0, buffer.length, 0))
  } catch {
    return null
  } finally {
    closeSync(fd)
  }
}
