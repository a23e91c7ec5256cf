import { readSync } from 'node:fs'
import { monotonic } from '../clock.ts'
import type { Event, Millis } from '../state/event.ts'
import { Corrupt } from './corrupt.ts'
import { decodeEvent } from './decode-event.ts'
import { EVENT_COUNT, EVENT_OFFSET, EVENT_SIZE, HEAD_OFFSET } from './layout.ts'

/** An event that is still unwritten after this long never will be: its writer was killed in between. */
const GIVE_UP_AFTER: Millis = 500
const MOST_AT_ONCE = 4096
/** More events than any server notes between two readings. */
const LARGEST_LEAP = 2 ** 36

/** Reads the probe's ring, each time from where it stopped. */
export class EventReader {
  /** Events read so far, and events that were overwritten before they were read. */
  events = 0
  dropped = 0
  readonly #fd: number
  readonly #head = new BigUint64Array(1)
  readonly #block = new Uint32Array((EVENT_SIZE / 4) * MOST_AT_ONCE)
  #next = 0
  #stuckSince: Millis | null = null

  constructor(fd: number) {
    this.#fd = fd
  }

  /**
   * The events since the last call, in the order in which they were noted; not more than the ring holds, however fast
   * they come. Throws Corrupt when the file holds what the probe cannot have written.
   */
  read(): Event[] {
    const events: Event[] = []
    for (;;) {
      if (events.length >= EVENT_COUNT) return events
      const head = this.#readHead()
      this.#dropBelow(head - EVENT_COUNT)
      const place = this.#next % EVENT_COUNT
      const count = Math.min(head - this.#next, MOST_AT_ONCE, EVENT_COUNT - place)
      if (count === 0) return events
      readSync(this.#fd, this.#block, 0, count * EVENT_SIZE, EVENT_OFFSET + place * EVENT_SIZE)
      // What was written over while it was copied cannot be trusted: look where the writers are now.
      const first = this.#next
      this.#dropBelow(Math.min(this.#readHead() - EVENT_COUNT, first + count))
      if (!this.#decode(first, count, events)) return events
    }
  }

  /** Appends the events of the copied block; false when one of them is still being written. */
  #decode(first: number, count: number, events: Event[]): boolean {
    while (this.#next < first + count) {
      const event = this.#block.subarray(((this.#next - first) * EVENT_SIZE) / 4)
      if (sequence(event) === this.#next + 1) {
        const decoded = decodeEvent(event)
        if (decoded) events.push(decoded)
        this.events++
      } else {
        this.#stuckSince ??= monotonic()
        if (monotonic() - this.#stuckSince < GIVE_UP_AFTER) return false
        this.dropped++
      }
      this.#stuckSince = null
      this.#next++
    }
    return true
  }

  #dropBelow(oldest: number): void {
    if (this.#next >= oldest) return
    this.dropped += oldest - this.#next
    this.#next = oldest
    this.#stuckSince = null
  }

  /** How many events were ever written. Throws Corrupt when that cannot be. */
  #readHead(): number {
    readSync(this.#fd, this.#head, 0, 8, HEAD_OFFSET)
    const head = Number(this.#head[0])
    if (head < this.#next) throw new Corrupt('the count of events went back')
    if (head - this.#next > LARGEST_LEAP) throw new Corrupt('the count of events leapt')
    return head
  }
}

function sequence(event: Uint32Array): number {
  return event[0]! + event[1]! * 2 ** 32
}
