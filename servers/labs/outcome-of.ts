import { PosixError } from '../posix/index.ts'

/** What a call came to: the number that it returned, or the errno with which it failed, as `ECONNRESET`. */
export function outcomeOf(call: () => number): number | string {
  try {
    return call()
  } catch (error) {
    if (error instanceof PosixError) return error.code
    throw error
  }
}
