import type { Millis } from '../state/event.ts'

/**
 * When connections are due at a constant rate, whatever became of those before: an open-loop load. One that begins
 * late is measured from when it was due, so that a server that stalls cannot hide it by keeping clients waiting.
 */
export class Arrivals {
  #interval: Millis
  /** When the next connection is due. */
  next: Millis

  /** `rate` in connections per second; the first is due after `phase` intervals. */
  constructor(rate: number, now: Millis, phase: number) {
    this.#interval = 1000 / rate
    this.next = now + phase * this.#interval
  }

  /** From now on this many a second; what is due already stays due. */
  setRate(rate: number): void {
    this.#interval = 1000 / rate
  }

  /** Takes the next connection; returns when it was due. */
  take(): Millis {
    const due = this.next
    this.next += this.#interval
    return due
  }
}
