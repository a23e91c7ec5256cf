import { readSync } from 'node:fs'
import type { Activity, ThreadCounts } from '../state/event.ts'
import { Corrupt } from './corrupt.ts'
import {
  HAS_LEFT,
  SLOT,
  SLOT_COUNT,
  SLOT_OFFSET,
  SLOT_SIZE,
  SLOTS_USED_OFFSET,
  UNFOLLOWED_OFFSET,
} from './layout.ts'

/** Slots that are compared at once: most of them belong to threads that have ended, and never change again. */
const BLOCK = 64
/** More than any thread does, and any server starts threads, between two readings. */
const LARGEST = 2 ** 44
/** Nanoseconds: longer than any thread serves. */
const LONGEST = 2 ** 62
/** More connections than a process can have: the largest limit of descriptors. Source: proc_sys_fs(5), nr_open. */
const MOST_OPEN = 2 ** 30

const COUNTERS = [
  'accepts',
  'received',
  'passed',
  'wakeups',
  'eagain',
  'requests',
  'bytesIn',
  'bytesOut',
] as const
const TIMES = ['serving', 'waiting'] as const
const SUMS = [...COUNTERS, ...TIMES]
type Sums = Record<(typeof SUMS)[number], number>

const DOING: readonly Activity['doing'][] = ['idle', 'idle', 'serving', 'waiting']

/** Reads what the probe's counters have grown by. */
export class CounterReader {
  readonly #fd: number
  readonly #used = new BigUint64Array(1)
  #mostUsed = 0
  /** Connections whose requests and time were not, or no longer, seen. */
  unfollowed = 0
  /** Every slot as it was read last, and room to read them into; both grow as slots are taken, and stay. */
  #before = Buffer.alloc(BLOCK * SLOT_SIZE)
  #now = Buffer.alloc(BLOCK * SLOT_SIZE)
  /** What was told of threads whose slots were taken by others since; the first slot has it too. */
  readonly #retired = Object.fromEntries(SUMS.map((name) => [name, 0])) as Sums
  /** What was told of the first slot. */
  readonly #told = { ...this.#retired }

  constructor(fd: number) {
    this.#fd = fd
  }

  /**
   * What each thread counted since the last call; threads that counted nothing are left out. Throws Corrupt when the
   * file holds what the probe cannot have written.
   */
  read(): ThreadCounts[] {
    readSync(this.#fd, this.#used, 0, 8, SLOTS_USED_OFFSET)
    const used = Number(this.#used[0])
    if (used < this.#mostUsed || used > LARGEST) throw new Corrupt('the count of threads went back or leapt')
    this.#mostUsed = used
    const slots = Math.min(used + 1, SLOT_COUNT)
    this.#makeRoom(slots * SLOT_SIZE)
    readSync(this.#fd, this.#now, 0, slots * SLOT_SIZE, SLOT_OFFSET)
    const changes: ThreadCounts[] = []
    for (let from = 0; from < slots; from += BLOCK)
      if (this.#hasChanged(from, BLOCK))
        for (let slot = Math.max(1, from); slot < Math.min(from + BLOCK, slots); slot++)
          if (this.#hasChanged(slot, 1)) this.#take(slot, changes)
    // What a slot had is in the first one before another thread takes it: so that is read after the others.
    readSync(this.#fd, this.#now, 0, SLOT_SIZE, SLOT_OFFSET)
    this.#takeFirst(changes)
    this.#readUnfollowed()
    return changes
  }

  #readUnfollowed(): void {
    const word = Buffer.alloc(8)
    readSync(this.#fd, word, 0, 8, UNFOLLOWED_OFFSET)
    const unfollowed = long(word, 0)
    if (unfollowed < this.unfollowed || unfollowed > LARGEST)
      throw new Corrupt('a count of connections went back or leapt')
    this.unfollowed = unfollowed
  }

  #makeRoom(size: number): void {
    if (size <= this.#now.length) return
    const room = Math.min(2 ** Math.ceil(Math.log2(size)), SLOT_COUNT * SLOT_SIZE)
    const before = Buffer.alloc(room)
    this.#before.copy(before)
    this.#before = before
    this.#now = Buffer.alloc(room)
  }

  #hasChanged(slot: number, count: number): boolean {
    const from = slot * SLOT_SIZE
    const to = from + count * SLOT_SIZE
    return this.#before.compare(this.#now, from, to, from, to) !== 0
  }

  #take(slot: number, changes: ThreadCounts[]): void {
    const at = slot * SLOT_SIZE
    const signed = this.#now.readUInt32LE(at + SLOT.pid)
    const before = this.#before.readUInt32LE(at + SLOT.pid) % HAS_LEFT
    const isNew = long(this.#now, at + SLOT.born) !== long(this.#before, at + SLOT.born)
    if (before !== 0 && (isNew || signed === 0)) this.#retire(at)
    // A slot is signed with its pid after it was taken.
    if (signed === 0) return
    const pid = signed % HAS_LEFT
    if (!isNew && before !== 0 && pid !== before) throw new Corrupt('a thread became one of another process')
    const hasLeft = signed >= HAS_LEFT
    changes.push({
      pid,
      tid: this.#now.readUInt32LE(at + SLOT.tid),
      born: long(this.#now, at + SLOT.born) / 1e6,
      image: long(this.#now, at + SLOT.image) / 1e6,
      ...this.#growths(at),
      open: this.#opened(at),
      activity: hasLeft ? null : this.#activity(at),
    })
    this.#now.copy(this.#before, at, at, at + SLOT_SIZE)
  }

  /** The thread before has left the slot: what was told of it counts for nobody any more. */
  #retire(at: number): void {
    for (const name of SUMS) this.#retired[name] += long(this.#before, at + SLOT[name])
    this.#before.fill(0, at, at + SLOT_SIZE)
  }

  /** The first slot has what nobody else does: of threads without a slot, and what was not read in time. */
  #takeFirst(changes: ThreadCounts[]): void {
    const growth = { ...this.#told }
    let hasGrown = false
    for (const name of SUMS) {
      const sum = long(this.#now, SLOT[name])
      if (sum < long(this.#before, SLOT[name])) throw new Corrupt('a count went back or leapt')
      // What was retired may come a little later.
      growth[name] = Math.max(0, sum - this.#retired[name] - this.#told[name])
      if (growth[name] > (isTime(name) ? LONGEST : LARGEST)) throw new Corrupt('a count went back or leapt')
      this.#told[name] += growth[name]
      hasGrown ||= growth[name] > 0
    }
    this.#now.copy(this.#before, 0, 0, SLOT_SIZE)
    if (!hasGrown) return
    const { serving, waiting, ...counts } = growth
    changes.unshift({
      pid: 0,
      tid: 0,
      born: 0,
      image: 0,
      ...counts,
      serving: serving / 1e6,
      waiting: waiting / 1e6,
      open: 0,
      activity: null,
    })
  }

  #growths(at: number): Sums {
    const growths = {} as Sums
    for (const name of COUNTERS) growths[name] = this.#growth(at + SLOT[name], LARGEST)
    for (const name of TIMES) growths[name] = this.#growth(at + SLOT[name], LONGEST) / 1e6
    return growths
  }

  #growth(at: number, largest: number): number {
    const growth = long(this.#now, at) - long(this.#before, at)
    if (growth < 0 || growth > largest) throw new Corrupt('a count went back or leapt')
    return growth
  }

  #opened(at: number): number {
    const open = this.#now.readInt32LE(at + SLOT.open)
    if (Math.abs(open) > MOST_OPEN) throw new Corrupt(`a process with ${open} connections`)
    return open - this.#before.readInt32LE(at + SLOT.open)
  }

  #activity(at: number): Activity | null {
    const word = long(this.#now, at + SLOT.activity)
    const which = word % 4
    return which === 0 ? null : { doing: DOING[which]!, since: (word - which) / 4e6 }
  }
}

function isTime(name: keyof Sums): boolean {
  return name === 'serving' || name === 'waiting'
}

function long(block: Buffer, at: number): number {
  return block.readUInt32LE(at) + block.readUInt32LE(at + 4) * 2 ** 32
}
