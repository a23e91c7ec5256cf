import { constants } from 'node:os'
import { addon } from './addon.ts'
import { check } from './call.ts'
import type { Signal } from './signals.ts'

/**
 * Returns a descriptor that does not block and is readable while the signal waits; a read takes it, into
 * SignalInfo's bytes. Block the signal first, in every thread: one that does not block it would take it. Throws
 * PosixError (EINVAL, EMFILE). Source: signalfd(2).
 */
export function signalfd(signal: Signal): number {
  return check('signalfd', addon.signalFd!(constants.signals[signal]))
}

const NUMBER = 0
const SENDER = 3

/** The bytes that a read from a signalfd gives: which signal it was, and who sent it. Source: signalfd(2). */
export class SignalInfo {
  readonly #words = new Uint32Array(32)
  readonly bytes = new Uint8Array(this.#words.buffer)

  get number(): number {
    return this.#words[NUMBER]!
  }

  /** The sender's pid. */
  get sender(): number {
    return this.#words[SENDER]!
  }
}
