import { constants } from 'node:os'
import { PosixError } from './error.ts'
import { deliverSignals, signalsPending } from './signals.ts'

const { EINTR, EAGAIN, EINPROGRESS } = constants.errno

/** What a call on a non-blocking descriptor returns when it would have had to wait. */
export const WOULD_BLOCK = -1

/** The result of a call that never waits. Throws PosixError. */
export function check(syscall: string, result: number): number {
  if (result < 0) throw new PosixError(syscall, -result)
  return result
}

/**
 * The result of a call that may wait: signal handlers run when a signal interrupts it, then it is resumed (as in
 * CPython since PEP 475). Returns WOULD_BLOCK for EAGAIN and EINPROGRESS; throws PosixError for any other errno.
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

/** As resume(), for a call with a limit in milliseconds (null: none): when it is resumed, only what is left counts. */
export function resumeWithin(syscall: string, limit: number | null, call: (left: number) => number): number {
  const end = performance.now() + (limit ?? 0)
  const left = () => Math.max(0, Math.ceil(end - performance.now()))
  return resume(syscall, () => call(limit === null ? -1 : left()))
}

/** The result of a call that a signal ends. Throws PosixError, with EINTR too, when the signal handlers have run. */
export function once(syscall: string, call: () => number): number {
  const result = call()
  if (signalsPending()) deliverSignals()
  return check(syscall, result)
}
