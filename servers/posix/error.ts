import { constants } from 'node:os'

// Reversed, so that of two names for one number the first stays: EAGAIN, not EWOULDBLOCK.
const names = new Map(
  Object.entries(constants.errno)
    .reverse()
    .map(([name, number]) => [number, name]),
)

/** Returns the name of an errno, as `ECONNRESET`; `errno N` for one without. Source: errno(3). */
export function errnoName(errno: number): string {
  return names.get(errno) ?? `errno ${errno}`
}

/** A system call failed. `code` is errno's name (`ECONNRESET`), `errno` its number, `syscall` the call's name. Source: errno(3). */
export class PosixError extends Error {
  readonly code: string
  readonly errno: number
  readonly syscall: string

  constructor(syscall: string, errno: number) {
    const code = errnoName(errno)
    super(`${syscall}: ${code}`)
    this.name = 'PosixError'
    this.code = code
    this.errno = errno
    this.syscall = syscall
  }
}

/** Returns whether the error is a failed system call with one of these codes. Source: errno(3). */
export function failedWith(error: unknown, ...codes: string[]): error is PosixError {
  return error instanceof PosixError && codes.includes(error.code)
}
