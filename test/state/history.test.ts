import { expect, test } from 'vitest'
import { ratesOf } from '../../src/select/rates.ts'
import type { Event } from '../../src/state/event.ts'
import { reduce } from '../../src/state/reduce.ts'
import type { State } from '../../src/state/state.ts'
import { deepFreeze } from './deep-freeze.ts'
import {
  counted,
  counter,
  figures,
  plan,
  running,
  SERVER,
  stateAfter,
  stateAfterEach,
  tick,
} from './support.ts'

const listening = (at: number, ...queues: number[]): Event => ({
  type: 'listening',
  at,
  listeners: queues.map((queued, i) => ({
    inode: String(i),
    address: '127.0.0.1',
    port: 2000 + i,
    queued,
    backlog: 128,
    pids: [SERVER],
  })),
})
const accepted = (at: number, accepts: number) => counted(at, counter(SERVER, { accepts }))
const progress = (at: number, connects: number): Event => ({
  type: 'load-progress',
  at,
  figures: figures({ connects }),
})

/** Ticks ten times a second, with what each tells. */
function ticks(from: number, to: number, told: (at: number) => Event[] = () => []): Event[] {
  const events: Event[] = []
  for (let at = from; at < to; at += 100) events.push(...told(at), tick(at))
  return events
}

test('each half second is remembered once, as it was then', () => {
  const { history } = stateAfter(
    { type: 'load-started', at: 1100, plan },
    accepted(1190, 5),
    progress(1195, 7),
    listening(1199, 3, 4),
    tick(1200),
    accepted(1300, 45),
    tick(1499),
    accepted(1590, 30),
    progress(1595, 90),
    listening(1599, 0),
    tick(1600),
  )
  expect(history).toEqual([
    { at: 1200, accepts: 5, established: 7, queued: 7 },
    { at: 1600, accepts: 80, established: 90, queued: 0 },
  ])
})

test('two minutes of ticks leave the last minute', () => {
  const { history } = stateAfter(...ticks(2000, 122_000))
  expect(history).toHaveLength(121)
  expect(history.at(-1)!.at).toBe(121_500)
  expect(history.at(-1)!.at - history[0]!.at).toBe(60_000)
})

test('ticks that come late make no moment twice, and none is invented', () => {
  const { history } = stateAfter(...[2000, 2499.9, 2500.1, 5400, 5401, 5500].map(tick))
  expect(history.map(({ at }) => at)).toEqual([2000, 2500.1, 5400, 5500])
})

test('rates are exact, however far apart the moments are', () => {
  const { history } = stateAfter(
    { type: 'load-started', at: 1900, plan },
    tick(2000),
    accepted(2590, 300),
    progress(2595, 600),
    tick(2600),
    accepted(3090, 1),
    tick(3100),
  )
  expect(ratesOf(history)).toEqual([
    { at: 2600, accepts: 500, established: 1000 },
    { at: 3100, accepts: 2, established: 0 },
  ])
})

test('one moment has no rate yet, and none has none', () => {
  expect(ratesOf(stateAfter(tick(2000)).history)).toEqual([])
  expect(ratesOf([])).toEqual([])
})

test('a second load goes on where the first has ended', () => {
  const { history } = stateAfter(
    { type: 'load-started', at: 1100, plan },
    { type: 'load-ended', at: 1900, figures: figures({ connects: 1500 }), stopped: false },
    tick(2000),
    { type: 'load-started', at: 2100, plan },
    progress(2550, 10),
    tick(2600),
  )
  expect(history.map(({ established }) => established)).toEqual([1500, 1510])
})

test('a new server begins with no past, and of one that is gone the past stays', () => {
  const gone = stateAfter(
    ...ticks(2000, 4000),
    { type: 'server-gone', at: 4000, killed: 0 },
    ...ticks(4100, 9000),
  )
  expect(gone.history.map(({ at }) => at)).toEqual([2000, 2500, 3000, 3500])
  const anew = reduce(gone, [
    { type: 'server-starting', at: 9000, name: 'select', command: [], host: '127.0.0.1', port: 2000 },
  ])
  expect(anew.history).toEqual([])
})

test('events at once and one by one are remembered alike, and nothing that was given is changed', () => {
  const events = deepFreeze(
    ticks(2000, 70_000, (at) => [
      accepted(at - 20, at * 3),
      progress(at - 10, at * 4),
      listening(at - 5, at % 7),
    ]),
  )
  let state: State = deepFreeze(running)
  for (const event of events) state = deepFreeze(reduce(state, [event]))
  expect(state.history).toHaveLength(121)
  expect(state.history).toEqual(stateAfter(...events).history)
  expect(stateAfterEach(...events.slice(0, 40)).history).toEqual(stateAfter(...events.slice(0, 40)).history)
})
