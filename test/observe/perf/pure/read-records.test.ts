import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { decodePerfEvent } from '../../../../src/observe/perf/decode-perf-event.ts'
import { RecordReader } from '../../../../src/observe/perf/read-records.ts'
import { RECORD, RECORD_MARK, RECORD_SIZE, SEES } from '../../../../src/observe/perf/record-layout.ts'
import { AcceptSums } from '../../../../src/observe/perf/sum-accepts.ts'
import { root } from '../../../support/root.ts'

function bytesOf(kind: number, pid: number, ...numbers: number[]): Buffer {
  const bytes = Buffer.alloc(RECORD_SIZE)
  bytes.writeUInt32LE(RECORD_MARK + kind, 0)
  bytes.writeInt32LE(pid, 4)
  bytes.writeBigUInt64LE(1_500_000n, 8)
  for (const [i, number] of numbers.entries()) bytes.writeInt32LE(number, 16 + i * 4)
  return bytes
}

const record = (kind: number, pid: number, ...numbers: number[]) =>
  new RecordReader().read(bytesOf(kind, pid, ...numbers))[0]!

test('records that come in pieces are put together, and a torn one at the end is left over', () => {
  const reader = new RecordReader()
  const stream = Buffer.concat([
    bytesOf(RECORD.forked, 7, 1, 1, 2),
    bytesOf(RECORD.executed, 7),
    Buffer.alloc(5),
  ])
  const records = [...stream].flatMap((byte) => reader.read(Buffer.from([byte])))
  expect(records.map(decodePerfEvent)).toEqual([
    { type: 'forked', at: 1.5, pid: 7, parent: 1, autoReap: true, index: 2 },
    { type: 'executed', at: 1.5, pid: 7 },
  ])
  expect(reader.unfinished).toBe(5)
})

test('bytes that are no records are refused', () => {
  expect(() => new RecordReader().read(Buffer.alloc(RECORD_SIZE))).toThrow('no record of its own')
})

test('a record of a kind that is not known is passed over', () => {
  expect(decodePerfEvent(record(99, 1))).toBeNull()
})

test.each([
  [[1, 3], { code: 3 }],
  [[2, 9], { signal: 'SIGKILL' }],
  [[0, 0], null],
])('an ending of %j is %j', (numbers, ending) => {
  expect(decodePerfEvent(record(RECORD.ended, 5, ...numbers))).toMatchObject({ ending })
})

test('a signal whose receiver is not known has none', () => {
  expect(decodePerfEvent(record(RECORD.sent, 5, 0, 15, 2, 1))).toEqual({
    type: 'signal-sent',
    at: 1.5,
    from: 5,
    to: null,
    signal: 'SIGTERM',
    outcome: 'already-pending',
    count: 1,
  })
})

test('accepts add up for each thread, and begin anew when a pid is used again', () => {
  const sums = new AcceptSums(true)
  sums.begin(5, 1)
  sums.add(record(RECORD.accepts, 5, 5, 2, 1))
  sums.add(record(RECORD.accepts, 5, 6, 3, 0))
  sums.add(record(RECORD.accepts, 5, 5, 2, 0))
  expect(sums.take()).toEqual([
    { pid: 5, tid: 5, born: 1, accepts: 4, eagain: 1 },
    { pid: 5, tid: 6, born: 1, accepts: 3, eagain: 0 },
  ])
  expect(sums.take()).toEqual([])
  sums.end(5)
  sums.begin(5, 2)
  sums.add(record(RECORD.accepts, 5, 5, 1, 0))
  expect(sums.take()).toEqual([{ pid: 5, tid: 5, born: 2, accepts: 1, eagain: 0 }])
})

test('where accepts that found nothing are not seen they are null, not 0', () => {
  const sums = new AcceptSums(false)
  sums.add(record(RECORD.accepts, 5, 5, 2, 0))
  expect(sums.take()).toMatchObject([{ accepts: 2, eagain: null }])
})

test('the numbers are those of record.h', () => {
  const header = readFileSync(join(root, 'src/observe/perf/reader/record.h'), 'utf8')
  const kinds = [...header.matchAll(/^ {2}[A-Z]+ = (\d+),/gm)].map(([, number]) => Number(number))
  expect(kinds).toEqual(Object.values(RECORD))
  const bits = [...header.matchAll(/^ {2}SEES_[A-Z_]+ = (\d+),/gm)].map(([, number]) => Number(number))
  expect(bits).toEqual(Object.values(SEES))
  expect(header).toContain(`#define RECORD_MARK 0x${RECORD_MARK.toString(16)}u`)
})
