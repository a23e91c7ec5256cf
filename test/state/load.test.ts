import { expect, test } from 'vitest'
import { describeEvent } from '../../src/report/describe-event.ts'
import { balanceOf } from '../../src/select/balance.ts'
import type { Event } from '../../src/state/event.ts'
import { reduce } from '../../src/state/reduce.ts'
import type { State } from '../../src/state/state.ts'
import { counted, counter, figures, plan, SERVER, stateAfter } from './support.ts'

const started = (at: number): Event => ({ type: 'load-started', at, plan })
const listening = (queued: number): Event => ({
  type: 'listening',
  at: 2000,
  listeners: [{ inode: '1', address: '127.0.0.1', port: 2000, queued, backlog: 128, pids: [SERVER] }],
})

const latest = (state: State) => describeEvent(state.log.entries.at(-1)!, state)

test('figures are those of the latest report', () => {
  const state = stateAfter(
    started(1100),
    { type: 'load-progress', at: 1200, figures: figures({ attempts: 20, connects: 20, succeeded: 10 }) },
    { type: 'load-progress', at: 1300, figures: figures({ attempts: 60, connects: 60, succeeded: 50 }) },
  )
  expect(state.load).toMatchObject({
    phase: 'running',
    plan,
    startedAt: 1100,
    figures: { attempts: 60, succeeded: 50 },
  })
  expect(state.load.recent.map(({ succeeded }) => succeeded)).toEqual([10, 50])
})

test('an ended load says how it went', () => {
  const done = stateAfter(started(1100), {
    type: 'load-ended',
    at: 1900,
    figures: figures({ succeeded: 1500 }),
    stopped: false,
  })
  expect(done.load).toMatchObject({ phase: 'ended', endedAt: 1900, stopped: false, error: null })
  expect(latest(done)).toEqual({ text: 'load done: 1500 succeeded', tone: 'plain' })
})

test('a load with failures is marked as bad, and a stopped one as stopped', () => {
  const state = stateAfter(started(1100), {
    type: 'load-ended',
    at: 1900,
    figures: figures({ succeeded: 7, failed: { ECONNRESET: 2, SHORT: 1 } }),
    stopped: true,
  })
  expect(latest(state)).toEqual({ text: 'load stopped: 7 succeeded, 3 failed', tone: 'bad' })
})

test('a load engine that failed says why', () => {
  const state = stateAfter(started(1100), {
    type: 'load-ended',
    at: 1900,
    figures: figures({}),
    stopped: false,
    error: 'no memory',
  })
  expect(state.load.error).toBe('no memory')
  expect(latest(state)).toEqual({ text: 'load failed: no memory', tone: 'bad' })
})

test('connects are accepts, queued and refused', () => {
  const state = stateAfter(
    started(1100),
    {
      type: 'load-progress',
      at: 1200,
      figures: figures({ attempts: 12, connects: 9, refused: 3, failed: { ECONNREFUSED: 3 } }),
    },
    counted(1210, counter(SERVER, { accepts: 5 })),
    listening(4),
  )
  expect(balanceOf(state)).toEqual({
    connects: 12,
    others: 0,
    accepts: 5,
    queued: 4,
    refused: 3,
    missing: 0,
    verdict: 'balanced',
  })
})

test('what nobody accepted is missing, and what others connected is the other way round', () => {
  const load = stateAfter(started(1100), {
    type: 'load-progress',
    at: 1200,
    figures: figures({ connects: 10 }),
  })
  expect(balanceOf(reduce(load, [counted(1210, counter(SERVER, { accepts: 8 }))])).missing).toBe(2)
  expect(balanceOf(reduce(load, [counted(1210, counter(SERVER, { accepts: 13 }))])).missing).toBe(-3)
})

test('a second load on the same server is balanced together with the first', () => {
  const state = stateAfter(
    started(1100),
    { type: 'load-ended', at: 1200, figures: figures({ connects: 1500, refused: 2 }), stopped: false },
    counted(1210, counter(SERVER, { accepts: 1500 })),
    started(2000),
    { type: 'load-progress', at: 2100, figures: figures({ connects: 30 }) },
    counted(2110, counter(SERVER, { accepts: 30 })),
  )
  expect(state.load.figures.connects).toBe(30)
  expect(balanceOf(state)).toEqual({
    connects: 1532,
    others: 0,
    accepts: 1530,
    queued: 0,
    refused: 2,
    missing: 0,
    verdict: 'balanced',
  })
})
