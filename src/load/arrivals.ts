import type { Duration } from '../state/event.ts'
import type { LocalInstant } from './local-instant.ts'

/**
 * When connections are due at a constant rate, whatever became of those before: an open-loop load. One that begins
 * late is measured from when it was due, so that a server that stalls cannot hide it by keeping clients waiting.
 */
export class Arrivals {
  #interval: Duration
  /** When the next connection is due. */
  next: LocalInstant

  /** `rate` in connections per second; the first is due after `phase` intervals. */
  constructor(rate: number, now: LocalInstant, phase: number) {
    this.#interval = 1000 / rate
    this.next = now + phase * this.#interval
  }

  /** From now on this many a second; what is due already stays due. */
  setRate(rate: number): void {
    this.#interval = 1000 / rate
  }

  /** Takes the next connection; returns when it was due. */
  take(): LocalInstant {
    const due = this.next
    this.next += this.#interval
    return due
  }
}
