import { afterEach, describe, expect, test, vi } from 'vitest'
import { EVENT_COUNT, KIND } from '../../../src/observe/layout.ts'
import { EventReader } from '../../../src/observe/read-events.ts'
import type { Event } from '../../../src/state/event.ts'
import { ProbeByHand, type RingEvent } from './probe-by-hand.ts'

/** The index-th event: an exit whose code tells its index, to be found again. */
const exit = (index: number): RingEvent => ({ kind: KIND.exited, pid: 7, time: index * 1_000_000, a: index })
const codes = (events: Event[]) => events.map((event) => (event.type === 'exited' ? event.code : event.type))
const from = (first: number, end: number) => Array.from({ length: end - first }, (_, i) => first + i)

test('a new ring holds nothing', () => {
  const reader = new EventReader(new ProbeByHand().fd)
  expect(reader.read()).toEqual([])
  expect(reader).toMatchObject({ events: 0, dropped: 0 })
})

test('events come in the order in which they were noted, each once', () => {
  const probe = new ProbeByHand()
  const reader = new EventReader(probe.fd)
  probe.events(0, 3, exit)
  expect(codes(reader.read())).toEqual([0, 1, 2])
  expect(reader.read()).toEqual([])
  probe.events(3, 10_000, exit)
  expect(codes(reader.read())).toEqual(from(3, 10_000))
  expect(reader).toMatchObject({ events: 10_000, dropped: 0 })
})

test('reading goes on over the end of the ring', () => {
  const probe = new ProbeByHand()
  const reader = new EventReader(probe.fd)
  probe.events(0, EVENT_COUNT - 5, exit)
  reader.read()
  probe.events(EVENT_COUNT - 5, EVENT_COUNT + 5, exit)
  expect(codes(reader.read())).toEqual(from(EVENT_COUNT - 5, EVENT_COUNT + 5))
  expect(reader).toMatchObject({ events: EVENT_COUNT + 5, dropped: 0 })
})

test('a ring that is just full has lost nothing', () => {
  const probe = new ProbeByHand()
  const reader = new EventReader(probe.fd)
  probe.events(0, EVENT_COUNT, exit)
  expect(reader.read()).toHaveLength(EVENT_COUNT)
  expect(reader.dropped).toBe(0)
})

test('events that were overwritten are counted as dropped, and the newest are read', () => {
  const probe = new ProbeByHand()
  const reader = new EventReader(probe.fd)
  probe.events(0, 10, exit)
  reader.read()
  const end = 3 * EVENT_COUNT + 123
  probe.events(end - EVENT_COUNT, end, exit)
  expect(codes(reader.read())).toEqual(from(end - EVENT_COUNT, end))
  expect(reader).toMatchObject({ events: 10 + EVENT_COUNT, dropped: end - EVENT_COUNT - 10 })
})

test('a kind that we do not know is counted as an event and passed over', () => {
  const probe = new ProbeByHand()
  const reader = new EventReader(probe.fd)
  probe.events(0, 3, (index) => (index === 1 ? { kind: 99 } : exit(index)))
  expect(codes(reader.read())).toEqual([0, 2])
  expect(reader).toMatchObject({ events: 3, dropped: 0 })
})

describe('an event that is half written', () => {
  const SOON = 400
  const TOO_LATE = 600

  afterEach(() => {
    vi.useRealTimers()
  })

  function halfWritten(index: number, sequence = 0) {
    vi.useFakeTimers({ toFake: ['hrtime'] })
    const probe = new ProbeByHand()
    probe.events(0, index + 3, exit)
    probe.event(index, exit(index), sequence)
    return { probe, reader: new EventReader(probe.fd) }
  }

  test('is waited for, and those behind it with it', () => {
    const { probe, reader } = halfWritten(1)
    expect(codes(reader.read())).toEqual([0])
    vi.advanceTimersByTime(SOON)
    expect(reader.read()).toEqual([])
    probe.event(1, exit(1))
    expect(codes(reader.read())).toEqual([1, 2, 3])
    expect(reader).toMatchObject({ events: 4, dropped: 0 })
  })

  test('is given up when its writer must have died, and counted as dropped', () => {
    const { reader } = halfWritten(1)
    reader.read()
    vi.advanceTimersByTime(TOO_LATE)
    expect(codes(reader.read())).toEqual([2, 3])
    expect(reader).toMatchObject({ events: 3, dropped: 1 })
  })

  test('is not mistaken for the event that was in its place a round before', () => {
    const index = EVENT_COUNT + 1
    const { reader } = halfWritten(index, index + 1 - EVENT_COUNT)
    expect(codes(reader.read()).at(-1)).toBe(EVENT_COUNT)
  })

  test('each is waited for on its own', () => {
    const { probe, reader } = halfWritten(1)
    reader.read()
    vi.advanceTimersByTime(TOO_LATE)
    probe.event(2, exit(2), 0)
    reader.read()
    vi.advanceTimersByTime(SOON)
    probe.event(2, exit(2))
    expect(codes(reader.read())).toEqual([2, 3])
    expect(reader).toMatchObject({ events: 3, dropped: 1 })
  })

  test('is waited for anew after the one that was waited for was overwritten', () => {
    const { probe, reader } = halfWritten(1)
    reader.read()
    vi.advanceTimersByTime(TOO_LATE)
    const end = 2 * EVENT_COUNT
    probe.events(EVENT_COUNT, end, exit)
    probe.event(EVENT_COUNT, exit(EVENT_COUNT), 0)
    reader.read()
    probe.event(EVENT_COUNT, exit(EVENT_COUNT))
    expect(codes(reader.read())).toEqual(from(EVENT_COUNT, end))
    expect(reader.dropped).toBe(EVENT_COUNT - 1)
  })
})
