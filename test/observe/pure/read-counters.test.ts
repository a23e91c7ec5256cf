import { expect, test } from 'vitest'
import { SLOT_COUNT } from '../../../src/observe/layout.ts'
import { CounterReader } from '../../../src/observe/read-counters.ts'
import { ProbeByHand } from './probe-by-hand.ts'

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
  })
  probe.slotsUsed(1)
  expect(new CounterReader(probe.fd).read()).toEqual([
    { pid: 7, tid: 8, born: 2.5, accepts: 1, received: 2, passed: 3, wakeups: 4, eagain: 5 },
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
