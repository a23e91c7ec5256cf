import { constants } from 'node:os'
import { PosixError } from './error.ts'
import { deliverSignals, signalsPending } from './signals.ts'

const { EINTR, EAGAIN, EINPROGRESS } = constants.errno

/** What a call on a non-blocking descriptor returns when it would have had to wait. Source: errno(3), EAGAIN. */
export const WOULD_BLOCK = -1

/** Returns the result of a call that never waits; throws PosixError for a negated errno. Source: errno(3). */
export function check(syscall: string, result: number): number {
  if (result < 0) throw new PosixError(syscall, -result)
  return result
}

/**
 * Returns the result of a call that may wait: signal handlers run when a signal interrupts it, then it is resumed (as
 * in CPython since PEP 475). Returns WOULD_BLOCK for EAGAIN and EINPROGRESS; throws PosixError for any other errno, and
 * what a handler throws. Source: signal(7), interruption of system calls.
 */
export function resume(syscall: string, call: () => number): number {
  for (;;) {
    const result = call()
    if (signalsPending()) deliverSignals()
    if (result >= 0) return result
    if (result === -EAGAIN || result === -EINPROGRESS) return WOULD_BLOCK
    if (result !== -EINTR) throw new PosixError(syscall, -result)
  }
}

/** The most milliseconds that one call can wait: its limit is an int. Source: poll(2), epoll_wait(2). */
const LONGEST = 2 ** 31 - 1

/** Milliseconds until `end`, as performance.now() counts them, for a call: whole, and as many as it can wait. */
export function millisecondsUntil(end: number): number {
  return Math.min(Math.max(0, Math.ceil(end - performance.now())), LONGEST)
}

/**
 * As resume(), for a call with a limit in milliseconds (null: none): when it is resumed, only what is left counts. A
 * limit of more than 24 days ends then. Source: poll(2).
 */
export function resumeWithin(syscall: string, limit: number | null, call: (left: number) => number): number {
  const end = performance.now() + (limit ?? 0)
  return resume(syscall, () => call(limit === null ? -1 : millisecondsUntil(end)))
}

/**
 * Returns the result of a call that a signal ends. Throws PosixError, with EINTR too, when the signal handlers have run.
 * Source: signal(7).
 */
export function once(syscall: string, call: () => number): number {
  const result = call()
  if (signalsPending()) deliverSignals()
  return check(syscall, result)
}
