import { readSync } from 'node:fs'
import type { ThreadCounts } from '../state/event.ts'
import { Corrupt } from './corrupt.ts'
import { SLOT, SLOT_COUNT, SLOT_OFFSET, SLOT_SIZE, SLOTS_USED_OFFSET } from './layout.ts'

/** Slots that are compared at once: most of them belong to threads that have ended, and never change again. */
const BLOCK = 64
/** More than any thread does, and any server starts threads, between two readings. */
const LARGEST = 2 ** 44

/** Reads what the probe's counters have grown by. */
export class CounterReader {
  readonly #fd: number
  readonly #used = new BigUint64Array(1)
  #mostUsed = 0
  /** Every slot as it was read last, and room to read them into; both grow as slots are taken, and stay. */
  #before = Buffer.alloc(BLOCK * SLOT_SIZE)
  #now = Buffer.alloc(BLOCK * SLOT_SIZE)

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
        for (let slot = from; slot < Math.min(from + BLOCK, slots); slot++)
          if (this.#hasChanged(slot, 1)) this.#take(slot, changes)
    return changes
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
    // A slot is signed with its pid after it was taken; the first one belongs to nobody.
    const pid = this.#now.readUInt32LE(at + SLOT.pid)
    if (slot > 0 && pid === 0) return
    const before = this.#before.readUInt32LE(at + SLOT.pid)
    if (pid !== before && before !== 0) throw new Corrupt('a thread became one of another process')
    changes.push({
      pid,
      tid: this.#now.readUInt32LE(at + SLOT.tid),
      born: long(this.#now, at + SLOT.born) / 1e6,
      accepts: this.#growth(at + SLOT.accepts),
      received: this.#growth(at + SLOT.received),
      passed: this.#growth(at + SLOT.passed),
      wakeups: this.#growth(at + SLOT.wakeups),
      eagain: this.#growth(at + SLOT.eagain),
    })
    this.#now.copy(this.#before, at, at, at + SLOT_SIZE)
  }

  #growth(at: number): number {
    const growth = long(this.#now, at) - long(this.#before, at)
    if (growth < 0 || growth > LARGEST) throw new Corrupt('a count went back or leapt')
    return growth
  }
}

function long(block: Buffer, at: number): number {
  return block.readUInt32LE(at) + block.readUInt32LE(at + 4) * 2 ** 32
}
