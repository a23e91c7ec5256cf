import { constants } from 'node:os'
import { addon } from './addon.ts'
import { check, millisecondsUntil, resume } from './call.ts'
import { failedWith } from './error.ts'
import { deliverSignals, type Signal } from './signals.ts'

/**
 * Makes a copy of this process. Returns the child's pid in the parent and 0 in the child. The child may use
 * nothing of Node's that is asynchronous, and leaves by exit(). Throws PosixError (EAGAIN at the limit of
 * processes). Needs `--single-threaded --v8-pool-size=0`: V8's helper threads do not survive. Source: fork(2).
 */
export function fork(): number {
  return check('fork', addon.fork!())
}

/**
 * Ends this process at once, without running what Node would run at exit. The bare call: a function around it would
 * be compiled in every child, since no parent can call it beforehand. Source: _exit(2).
 */
export const exit: (code: number) => never = addon.exit as never

/** A child that was reaped: its exit code, or the signal that ended it. Source: waitpid(2), WIFEXITED, WIFSIGNALED. */
export type Waited = { pid: number; code: number | null; signal: Signal | null }

const status = new Int32Array(1)
const WNOHANG = 1

/**
 * Reaps a child that ended: `pid` -1 means any. With `{ hang: false }` returns null when none has ended. Returns
 * null too when there is no child at all (ECHILD). Throws PosixError. Source: waitpid(2).
 */
export function waitpid(pid: number, { hang = true } = {}): Waited | null {
  try {
    const reaped = resume('waitpid', () => addon.waitpid!(pid, status, hang ? 0 : WNOHANG))
    return reaped === 0 ? null : { pid: reaped, ...decode(status[0]!) }
  } catch (error) {
    if (failedWith(error, 'ECHILD')) return null
    throw error
  }
}

function decode(status: number): Omit<Waited, 'pid'> {
  const number = status & 0x7f
  if (number === 0) return { code: (status >> 8) & 0xff, signal: null }
  const name = Object.entries(constants.signals).find(([, value]) => value === number)?.[0]
  return { code: null, signal: (name ?? `SIG${number}`) as Signal }
}

/** Sends a signal. Throws PosixError: ESRCH when there is no such process, EPERM. Source: kill(2). */
export function kill(pid: number, signal: Signal): void {
  check('kill', addon.kill!(pid, constants.signals[signal]))
}

/** Waits for a signal and returns when its handler has run; throws what that throws. Source: pause(2). */
export function pause(): void {
  addon.pause!()
  deliverSignals()
}

/** Waits so many milliseconds, through signals, but no longer than 24 days. Throws RangeError. Source: nanosleep(2). */
export function sleep(milliseconds: number): void {
  const end = performance.now() + milliseconds
  resume('nanosleep', () => addon.sleep!(millisecondsUntil(end)))
}

/** Returns the pid of this process; Node's own process.pid still names the parent after a fork. Source: getpid(2). */
export function getpid(): number {
  return addon.getpid!()
}

/** Returns the pid of the parent. Source: getppid(2). */
export function getppid(): number {
  return addon.getppid!()
}
