import { closeSync, openSync, readSync } from 'node:fs'

/** Grows to the largest file that was read, and stays. */
let buffer = Buffer.alloc(64 * 1024)
/** More of a file than this is not read: no file of ours in /proc is longer. */
const MOST = 16 * 1024 * 1024

/**
 * The text of a file in /proc that the kernel writes in one go, such as stat or status; null when it cannot be read:
 * the process is gone, or is not ours.
 */
export function readProc(path: string): string | null {
  return read(path, (fd) => readSync(fd, buffer, 0, buffer.length, null))
}

/** The whole text of a file that the kernel gives a page at a time, such as maps or children; null as above. */
export function readWholeProc(path: string): string | null {
  return read(path, readToEnd)
}

function read(path: string, into: (fd: number) => number): string | null {
  let fd: number
  try {
    fd = openSync(path, 'r')
  } catch {
    return null
  }
  try {
    return buffer.toString('utf8', 0, into(fd))
  } catch {
    return null
  } finally {
    closeSync(fd)
  }
}

/** Returns the length of what the buffer holds then. */
function readToEnd(fd: number): number {
  for (let length = 0; ; ) {
    if (length === buffer.length) {
      if (length >= MOST) return length
      buffer = Buffer.concat([buffer], 2 * buffer.length)
    }
    const count = readSync(fd, buffer, length, buffer.length - length, null)
    if (count === 0) return length
    length += count
  }
}
