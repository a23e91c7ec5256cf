import { constants } from 'node:os'
import { addon } from './addon.ts'
import { once, resumeWithin } from './call.ts'
import type { Signal } from './signals.ts'

/** Something can be read, or a connection accepted. Source: poll(2), as for the next. */
export const POLLIN = 0x001
/** Something can be written. */
export const POLLOUT = 0x004

/**
 * The textbook's array of pollfd, as long as need be. Each entry is two words: descriptor; events and results.
 * Source: poll(2).
 */
export class PollArray {
  length = 0
  words = new Int32Array(2 * 64)

  clear(): void {
    this.length = 0
  }

  /** Appends an entry; with no events only an error or a hang-up is told. */
  add(fd: number, events: number): void {
    if (2 * this.length === this.words.length) this.#grow()
    this.words[2 * this.length] = fd
    this.words[2 * this.length + 1] = events
    this.length++
  }

  /** What happened on the entry's descriptor: 0 for nothing. */
  results(index: number): number {
    return this.words[2 * index + 1]! >>> 16
  }

  #grow(): void {
    const words = new Int32Array(2 * this.words.length)
    words.set(this.words)
    this.words = words
  }
}

/**
 * Waits until something happens on an entry's descriptor, or the milliseconds are over (null: no limit). Returns on
 * how many entries. Throws PosixError. Source: poll(2).
 */
export function poll(array: PollArray, milliseconds: number | null = null): number {
  return resumeWithin('poll', milliseconds, (left) => addon.poll!(array.words, array.length, left))
}

/**
 * As poll without a limit of time, and in one step lets a blocked signal in for as long as it waits: one that came
 * before interrupts it too. Returns on how many entries. Throws PosixError (EINTR), after the handlers have run.
 * Source: ppoll(2).
 */
export function ppoll(array: PollArray, letIn: Signal): number {
  return once('ppoll', () => addon.ppoll!(array.words, array.length, constants.signals[letIn]))
}
