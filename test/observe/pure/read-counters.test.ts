import { expect, test } from 'vitest'
import { HAS_LEFT, SLOT_COUNT } from '../../../src/observe/layout.ts'
import { CounterReader } from '../../../src/observe/read-counters.ts'
import { ProbeByHand } from './probe-by-hand.ts'

/** Source: probe/layout.h, enum activity. */
const SERVING = 2

test('counters of every kind are read, with whose they are', () => {
  const probe = new ProbeByHand()
  probe.slot(1, {
    pid: 7,
    tid: 8,
    born: 2_500_000,
    accepts: 1,
    received: 2,
    passed: 3,
    wakeups: 4,
    eagain: 5,
    requests: 6,
    bytesIn: 7,
    bytesOut: 8,
    serving: 9_000_000,
    waiting: 10_500_000,
    activity: 4 * 11_000_000 + SERVING,
    open: 12,
    image: 1_500_000,
  })
  probe.slotsUsed(1)
  expect(new CounterReader(probe.fd).read()).toEqual([
    {
      pid: 7,
      tid: 8,
      born: 2.5,
      accepts: 1,
      received: 2,
      passed: 3,
      wakeups: 4,
      eagain: 5,
      requests: 6,
      bytesIn: 7,
      bytesOut: 8,
      serving: 9,
      waiting: 10.5,
      activity: { doing: 'serving', since: 11 },
      open: 12,
      image: 1.5,
    },
  ])
})

test('only what changed is read again', () => {
  const probe = new ProbeByHand()
  const reader = new CounterReader(probe.fd)
  for (const slot of [1, 2, 3]) probe.slot(slot, { pid: slot, accepts: 10 })
  probe.slotsUsed(3)
  expect(reader.read()).toHaveLength(3)
  expect(reader.read()).toEqual([])
  probe.slot(2, { accepts: 11 })
  expect(reader.read()).toMatchObject([{ pid: 2, accepts: 1 }])
})

test('a place that its thread has taken but not yet signed is left for the next time', () => {
  const probe = new ProbeByHand()
  const reader = new CounterReader(probe.fd)
  probe.slotsUsed(1)
  expect(reader.read()).toEqual([])
  probe.slot(1, { pid: 7, accepts: 1 })
  expect(reader.read()).toMatchObject([{ pid: 7, accepts: 1 }])
})

test('counts beyond four thousand million are exact', () => {
  const probe = new ProbeByHand()
  probe.slot(1, { pid: 7, accepts: 2 ** 40 + 3 })
  probe.slotsUsed(1)
  expect(new CounterReader(probe.fd).read()).toMatchObject([{ accepts: 2 ** 40 + 3 }])
})

test('when all places are taken the rest is counted in the first', () => {
  const probe = new ProbeByHand()
  const reader = new CounterReader(probe.fd)
  reader.read()
  probe.slotsUsed(SLOT_COUNT + 5000)
  probe.slot(SLOT_COUNT - 1, { pid: 7, accepts: 1 })
  probe.slot(0, { accepts: 5000 })
  const counters = reader.read()
  expect(counters).toMatchObject([
    { pid: 0, accepts: 5000 },
    { pid: 7, accepts: 1 },
  ])
})

test('the first place counts even if it is in use before the first look', () => {
  const probe = new ProbeByHand()
  probe.slotsUsed(SLOT_COUNT)
  probe.slot(0, { accepts: 1 })
  expect(new CounterReader(probe.fd).read()).toMatchObject([{ pid: 0, accepts: 1 }])
})

test('connections open are counted down as well as up', () => {
  const probe = new ProbeByHand()
  const reader = new CounterReader(probe.fd)
  probe.slot(1, { pid: 7, open: 3 })
  probe.slot(2, { pid: 7, open: -2 })
  probe.slotsUsed(2)
  expect(reader.read()).toMatchObject([{ open: 3 }, { open: -2 }])
  probe.slot(1, { open: 1 })
  expect(reader.read()).toMatchObject([{ open: -2 }])
})

test('a thread that has ended does nothing any more, and what it counted last is read', () => {
  const probe = new ProbeByHand()
  const reader = new CounterReader(probe.fd)
  probe.slot(1, { pid: 7, born: 1, requests: 1, activity: 8 + SERVING })
  probe.slotsUsed(1)
  expect(reader.read()).toMatchObject([{ pid: 7, activity: { doing: 'serving' } }])
  probe.slot(1, { pid: HAS_LEFT + 7, requests: 3, tenancy: 1 })
  expect(reader.read()).toMatchObject([{ pid: 7, requests: 2, activity: null }])
})

test('what a thread counted after the last reading is not lost when another takes its place', () => {
  const probe = new ProbeByHand()
  const reader = new CounterReader(probe.fd)
  probe.slot(1, { pid: 7, born: 1, requests: 5 })
  probe.slotsUsed(1)
  reader.read()
  // It has counted two more, and all seven are in the first place before the next thread is there.
  probe.slot(0, { requests: 7 })
  probe.slot(1, { pid: 8, born: 2, requests: 1 })
  expect(reader.read()).toMatchObject([
    { pid: 0, requests: 2 },
    { pid: 8, requests: 1 },
  ])
  expect(reader.read()).toEqual([])
})

test('nor is it told twice while the place is being prepared', () => {
  const probe = new ProbeByHand()
  const reader = new CounterReader(probe.fd)
  probe.slot(1, { pid: 7, born: 1, requests: 5 })
  probe.slotsUsed(1)
  reader.read()
  probe.slot(1, { pid: 0 })
  expect(reader.read()).toEqual([])
  probe.slot(0, { requests: 5 })
  probe.slot(1, { requests: 0 })
  expect(reader.read()).toEqual([])
  probe.slot(1, { pid: 8, born: 2, requests: 1 })
  expect(reader.read()).toMatchObject([{ pid: 8, requests: 1 }])
})

test.each([
  ['more connections than there can be', { open: 2 ** 30 + 1 }],
  ['a count that leaps', { requests: 2 ** 50 }],
] as const)('%s is refused', (_, values) => {
  const probe = new ProbeByHand()
  const reader = new CounterReader(probe.fd)
  probe.slot(1, { pid: 7, born: 1, ...values })
  probe.slotsUsed(1)
  expect(() => reader.read()).toThrow(/wrote into the file/)
})
