import { readSync } from 'node:fs'
import { monotonic } from '../clock.ts'
import type { Duration, Event, Instant } from '../state/event.ts'
import { Corrupt } from './corrupt.ts'
import { decodeEvent } from './decode-event.ts'
import { EVENT, EVENT_COUNT, EVENT_OFFSET, EVENT_SIZE, HEAD_OFFSET } from './layout.ts'
import type { Named } from './translate-pids.ts'

/** An event that is still unwritten after this long never will be: its writer was killed in between. */
const GIVE_UP_AFTER: Duration = 500
const MOST_AT_ONCE = 4096
/** More events than any server notes between two readings. */
const LARGEST_LEAP = 2 ** 36

const WORDS = EVENT_SIZE / 4
/** The high half of a sequence while the event is being written. */
const WRITING = 2 ** 31

/**
 * Reads the probe's ring, each time from where it stopped. An event is copied twice: the first copy tells whether it was
 * complete, the second, begun after that, is used; and the head, read after both, whether it was written over meanwhile.
 * test/observe/ring-protocol.test.ts steps through what writers and reader can do to each other.
 */
export class EventReader {
  /** Events read so far, and events that were overwritten before they were read. */
  events = 0
  dropped = 0
  readonly #fd: number
  readonly #head = new BigUint64Array(1)
  readonly #first = new Uint32Array(WORDS * MOST_AT_ONCE)
  readonly #second = new Uint32Array(WORDS * MOST_AT_ONCE)
  /** Places whose writer was killed while it wrote, with what it left as the sequence: nobody can write there again. */
  readonly #dead = new Map<number, number>()
  readonly #names: Named[] = []
  #next = 0
  #stuckSince: Instant | null = null

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
      if (events.length + this.#names.length >= EVENT_COUNT) return events
      const head = this.#readHead()
      this.#dropBelow(head - EVENT_COUNT)
      const place = this.#next % EVENT_COUNT
      const count = Math.min(head - this.#next, MOST_AT_ONCE, EVENT_COUNT - place)
      if (count === 0) return events
      for (const copy of [this.#first, this.#second])
        readSync(this.#fd, copy, 0, count * EVENT_SIZE, EVENT_OFFSET + place * EVENT_SIZE)
      const first = this.#next
      this.#dropBelow(Math.min(this.#readHead() - EVENT_COUNT, first + count))
      if (!this.#decode(first, count, events)) return events
    }
  }

  /** What was read of names since the last call: who is called otherwise in the pid namespace of the server. */
  takeNames(): Named[] {
    return this.#names.splice(0)
  }

  /** Appends the events of the copied block; false when one of them is still being written. */
  #decode(first: number, count: number, events: Event[]): boolean {
    while (this.#next < first + count) {
      const at = (this.#next - first) * WORDS
      if (this.#isComplete(at)) {
        const decoded = decodeEvent(this.#second.subarray(at))
        if (decoded?.type === 'named') this.#names.push(decoded)
        else if (decoded) events.push(decoded)
        this.events++
      } else {
        if (!this.#isGivenUp(at)) return false
        this.dropped++
      }
      this.#stuckSince = null
      this.#next++
    }
    return true
  }

  #isComplete(at: number): boolean {
    return sequence(this.#first, at) === this.#next + 1 && sequence(this.#second, at) === this.#next + 1
  }

  /** Whether an event that is not complete never will be, as far as can be told. */
  #isGivenUp(at: number): boolean {
    const place = this.#next % EVENT_COUNT
    const left = sequence(this.#second, at)
    if (this.#dead.get(place) === left) return true
    this.#stuckSince ??= monotonic()
    if (monotonic() - this.#stuckSince < GIVE_UP_AFTER) return false
    if (left >= WRITING * 2 ** 32) this.#dead.set(place, left)
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

function sequence(words: Uint32Array, at: number): number {
  return words[at + EVENT.sequence / 4]! + words[at + EVENT.sequence / 4 + 1]! * 2 ** 32
}
