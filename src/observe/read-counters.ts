import { readSync } from 'node:fs'
import type { ThreadCounters } from '../state/event.ts'
import { SLOT, SLOT_COUNT, SLOT_OFFSET, SLOT_SIZE, SLOTS_USED_OFFSET } from './layout.ts'

/** Reads the probe's counters. */
export class CounterReader {
  readonly #fd: number
  readonly #used = new BigUint64Array(1)
  #before = Buffer.alloc(0)

  constructor(fd: number) {
    this.#fd = fd
  }

  /** The counters of the threads that counted something since the last call. */
  read(): ThreadCounters[] {
    readSync(this.#fd, this.#used, 0, 8, SLOTS_USED_OFFSET)
    const slots = Math.min(Number(this.#used[0]) + 1, SLOT_COUNT)
    const now = Buffer.alloc(slots * SLOT_SIZE)
    readSync(this.#fd, now, 0, now.length, SLOT_OFFSET)
    const changed: ThreadCounters[] = []
    for (let i = 0; i < slots; i++) if (this.#hasChanged(now, i)) changed.push(decode(now, i))
    this.#before = now
    return changed
  }

  #hasChanged(now: Buffer, slot: number): boolean {
    const from = slot * SLOT_SIZE
    const to = from + SLOT_SIZE
    if (slot > 0 && now.readUInt32LE(from + SLOT.pid) === 0) return false
    // The first place has no pid: it is in use as soon as it counts.
    if (to > this.#before.length) return slot > 0 || now.subarray(from, to).some((byte) => byte !== 0)
    return this.#before.compare(now, from, to, from, to) !== 0
  }
}

function decode(block: Buffer, slot: number): ThreadCounters {
  const at = slot * SLOT_SIZE
  const long = (offset: number) =>
    block.readUInt32LE(at + offset) + block.readUInt32LE(at + offset + 4) * 2 ** 32
  return {
    slot,
    pid: block.readUInt32LE(at + SLOT.pid),
    tid: block.readUInt32LE(at + SLOT.tid),
    born: long(SLOT.born) / 1e6,
    accepts: long(SLOT.accepts),
    received: long(SLOT.received),
    passed: long(SLOT.passed),
    wakeups: long(SLOT.wakeups),
    eagain: long(SLOT.eagain),
  }
}
