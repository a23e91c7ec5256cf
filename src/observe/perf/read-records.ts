import type { Instant } from '../../state/event.ts'
import { RECORD_MARK, RECORD_SIZE } from './record-layout.ts'

/** A record as record.h has it; what the numbers mean depends on `kind`. */
export type PerfRecord = {
  kind: number
  at: Instant
  pid: number
  a: number
  b: number
  c: number
  d: number
}

/** Cuts a stream of bytes into records. */
export class RecordReader {
  #rest: Buffer = Buffer.alloc(0)

  /** Bytes of a record whose other bytes have not come yet. */
  get unfinished(): number {
    return this.#rest.length
  }

  /** The records that are complete with these bytes. Throws when they are no records. */
  read(bytes: Buffer): PerfRecord[] {
    const all = this.#rest.length > 0 ? Buffer.concat([this.#rest, bytes]) : bytes
    const end = all.length - (all.length % RECORD_SIZE)
    const records: PerfRecord[] = []
    for (let at = 0; at < end; at += RECORD_SIZE) records.push(decode(all, at))
    // Copied, since the stream may use its buffer again.
    this.#rest = Buffer.from(all.subarray(end))
    return records
  }
}

function decode(bytes: Buffer, from: number): PerfRecord {
  const mark = bytes.readUInt32LE(from)
  if ((mark & 0xffffff00) !== RECORD_MARK) throw new Error('perf-reader wrote what is no record of its own.')
  const nanoseconds = bytes.readUInt32LE(from + 8) + bytes.readUInt32LE(from + 12) * 2 ** 32
  return {
    kind: mark & 0xff,
    at: nanoseconds / 1e6,
    pid: bytes.readInt32LE(from + 4),
    a: bytes.readInt32LE(from + 16),
    b: bytes.readInt32LE(from + 20),
    c: bytes.readInt32LE(from + 24),
    d: bytes.readInt32LE(from + 28),
  }
}
