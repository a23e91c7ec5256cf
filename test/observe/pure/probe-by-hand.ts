import { writeSync } from 'node:fs'
import { afterEach } from 'vitest'
import {
  EVENT,
  EVENT_COUNT,
  EVENT_OFFSET,
  EVENT_SIZE,
  HEAD_OFFSET,
  SLOT,
  SLOT_OFFSET,
  SLOT_SIZE,
  SLOTS_USED_OFFSET,
} from '../../../src/observe/layout.ts'
import { createProbeFile, type ProbeFile } from '../../../src/observe/probe-file.ts'

export type RingEvent = { kind: number; pid?: number; time?: number; a?: number; b?: number; c?: number }

/** A probe file that the test writes in the probe's place. */
export class ProbeByHand {
  readonly fd: number
  readonly #file: ProbeFile

  constructor() {
    this.#file = createProbeFile()
    this.fd = this.#file.fd
    open.push(this.#file)
  }

  /** Says that so many events were written. */
  head(count: number): void {
    writeSync(this.fd, long(count), 0, 8, HEAD_OFFSET)
  }

  /** Writes the event that is the `index`-th of the ring's history; `sequence` 0 is one under way. */
  event(index: number, event: RingEvent, sequence = index + 1): void {
    const bytes = encode(event, sequence)
    writeSync(this.fd, bytes, 0, bytes.length, EVENT_OFFSET + (index % EVENT_COUNT) * EVENT_SIZE)
  }

  /** Writes the events from the `first`-th to the one before the `end`-th, at once. */
  events(first: number, end: number, make: (index: number) => RingEvent): void {
    for (let from = first; from < end; ) {
      const place = from % EVENT_COUNT
      const to = Math.min(end, from + EVENT_COUNT - place)
      const bytes = Buffer.concat(
        Array.from({ length: to - from }, (_, i) => encode(make(from + i), from + i + 1)),
      )
      writeSync(this.fd, bytes, 0, bytes.length, EVENT_OFFSET + place * EVENT_SIZE)
      from = to
    }
    this.head(end)
  }

  slotsUsed(count: number): void {
    writeSync(this.fd, long(count), 0, 8, SLOTS_USED_OFFSET)
  }

  slot(index: number, values: Partial<Record<keyof typeof SLOT, number>>): void {
    for (const [field, value] of Object.entries(values) as [keyof typeof SLOT, number][]) {
      const length = SHORT.has(field) ? 4 : 8
      writeSync(this.fd, long(value), 0, length, SLOT_OFFSET + index * SLOT_SIZE + SLOT[field])
    }
  }
}

const SHORT = new Set<keyof typeof SLOT>(['pid', 'tid', 'turns', 'awaited', 'open', 'tenancy'])

const open: ProbeFile[] = []
afterEach(() => {
  for (const file of open.splice(0)) file.close()
})

function encode({ kind, pid = 0, time = 0, a = 0, b = 0, c = 0 }: RingEvent, sequence: number): Buffer {
  const bytes = Buffer.alloc(EVENT_SIZE)
  bytes.writeBigUInt64LE(BigInt(sequence), EVENT.sequence)
  bytes.writeBigUInt64LE(BigInt(time), EVENT.time)
  bytes.writeUInt32LE(pid, EVENT.pid)
  bytes.writeUInt32LE(kind, EVENT.kind)
  bytes.writeBigInt64LE(BigInt(a), EVENT.a)
  bytes.writeBigInt64LE(BigInt(b), EVENT.b)
  bytes.writeBigInt64LE(BigInt(c), EVENT.c)
  return bytes
}

function long(value: number): Buffer {
  const bytes = Buffer.alloc(8)
  bytes.writeBigInt64LE(BigInt.asIntN(64, BigInt(value)))
  return bytes
}
