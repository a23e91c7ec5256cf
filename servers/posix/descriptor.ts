import { constants } from 'node:fs'
import { addon } from './addon.ts'
import { check, resume } from './call.ts'
import { PosixError } from './error.ts'

/**
 * Reads up to `length` bytes into the buffer. Returns how many came: 0 at the end, WOULD_BLOCK when the
 * descriptor does not block and nothing is there. Throws PosixError (ECONNRESET). Source: read(2).
 */
export function read(fd: number, into: Uint8Array, offset = 0, length = into.length - offset): number {
  return resume('read', () => addon.read!(fd, into, offset, length))
}

/**
 * Writes up to `length` bytes. Returns how many were taken, or WOULD_BLOCK. Throws PosixError: EPIPE or
 * ECONNRESET when the other end is gone (Node ignores SIGPIPE). Source: write(2).
 */
export function write(fd: number, from: Uint8Array, offset = 0, length = from.length - offset): number {
  return resume('write', () => addon.write!(fd, from, offset, length))
}

/** Closes the descriptor. Throws PosixError. Source: close(2). */
export function close(fd: number): void {
  check('close', addon.close!(fd))
}

/** Returns the read end and the write end of a new pipe. Throws PosixError. Source: pipe(2). */
export function pipe(): [readEnd: number, writeEnd: number] {
  const ends = new Int32Array(2)
  check('pipe', addon.pipe!(ends))
  return [ends[0]!, ends[1]!]
}

/** Makes calls on the descriptor return WOULD_BLOCK instead of waiting. Throws PosixError. Source: fcntl(2), O_NONBLOCK. */
export function setNonBlocking(fd: number, on = true): void {
  check('fcntl', addon.setNonBlocking!(fd, on ? 1 : 0))
}

/**
 * Returns the descriptor of a new file that has no name and vanishes with its last descriptor. Throws PosixError
 * (EOPNOTSUPP where the file system cannot). Source: open(2), O_TMPFILE.
 */
export function openUnnamed(folder: string): number {
  const O_TMPFILE = 0o20000000 | constants.O_DIRECTORY
  return check('open', addon.open!(folder, O_TMPFILE | constants.O_RDWR, 0o600))
}

/**
 * Returns the first `length` bytes of a file as memory that all processes which map it share. Throws PosixError (EINVAL
 * when the file is shorter). Source: mmap(2), MAP_SHARED.
 */
export function mapShared(fd: number, length: number): ArrayBuffer {
  const mapped = (addon.map as unknown as (fd: number, length: number) => ArrayBuffer | number)(fd, length)
  if (typeof mapped === 'number') throw new PosixError('mmap', -mapped)
  return mapped
}

/**
 * Returns a descriptor for the same file, opened anew: an open file description with a lock of its own. Throws
 * PosixError. Source: proc_pid_fd(5).
 */
export function reopen(fd: number): number {
  return check('open', addon.open!(`/proc/self/fd/${fd}`, constants.O_RDWR, 0))
}

const LOCK_EX = 2
const LOCK_UN = 8

/** Waits until this open file holds the file's lock alone. Throws PosixError. Source: flock(2). */
export function lock(fd: number): void {
  resume('flock', () => addon.flock!(fd, LOCK_EX))
}

/** Gives the lock back. Throws PosixError. Source: flock(2). */
export function unlock(fd: number): void {
  check('flock', addon.flock!(fd, LOCK_UN))
}
