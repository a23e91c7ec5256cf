import { stripVTControlCharacters } from 'node:util'
import { expect, test } from 'vitest'
import { initialState, type State } from '../../src/state/state.ts'
import { barChart } from '../../src/ui/charts/bar-chart.ts'
import { histogramChart } from '../../src/ui/charts/histogram-chart.ts'
import { lineChart } from '../../src/ui/charts/line-chart.ts'
import {
  acceptsPerChild,
  connectionsOverTime,
  latencyDistribution,
  queueOverTime,
} from '../../src/ui/charts/state-charts.ts'
import {
  counted,
  counter,
  exited,
  figures,
  forked,
  plan,
  reaped,
  SERVER,
  sample,
  sampled,
  stateAfter,
  tick,
} from '../state/support.ts'

const size = { width: 70, height: 10 }

/** The state drawn as every chart there is, as text. */
const drawn = (state: State) =>
  [
    lineChart({ ...connectionsOverTime(state), ...size }),
    lineChart({ ...queueOverTime(state), ...size }),
    barChart({ ...acceptsPerChild(state), ...size }),
    histogramChart({ ...latencyDistribution(state), ...size }),
  ].map((lines) => stripVTControlCharacters(lines.join('\n')))

const barsOf = (state: State) => acceptsPerChild(state).bars.map(({ label, value }) => [label, value])

test('without a server every chart says what would fill it', () => {
  for (const text of drawn(initialState)) expect(text).toContain('Enter starts a server')
})

test('the legend has the rates of the last half second', () => {
  const state = stateAfter(
    { type: 'load-started', at: 1900, plan },
    tick(2000),
    counted(2490, counter(SERVER, { accepts: 600 })),
    { type: 'load-progress', at: 2495, figures: figures({ connects: 700 }) },
    tick(2500),
  )
  expect(drawn(state)[0]).toMatch(/accepted 1\.2k\/s .* established 1\.4k\/s/)
})

test('without load of ours only what the server accepted is drawn', () => {
  const state = stateAfter(tick(2000), counted(2490, counter(SERVER, { accepts: 5 })), tick(2500))
  expect(connectionsOverTime(state).series.map(({ name }) => name)).toEqual(['accepted'])
})

test('the queue is the sum of what all listeners hold', () => {
  const listener = { inode: '1', address: '127.0.0.1', port: 2000, queued: 7, backlog: 128, pids: [SERVER] }
  const state = stateAfter(
    {
      type: 'listening',
      at: 1990,
      listeners: [listener, { ...listener, inode: '2', port: 2001, queued: 5 }],
    },
    tick(2000),
  )
  expect(drawn(state)[1]).toContain('queued 12')
})

test('children that call accept are compared, idle ones too, and the parent is not', () => {
  const state = stateAfter(
    ...[0, 1, 2].map((index) => forked(1100, 101 + index, { index })),
    counted(1200, counter(101, { accepts: 30 }), counter(102, { accepts: 60 })),
  )
  expect(barsOf(state)).toEqual([
    ['0', 30],
    ['1', 60],
    ['2', 0],
  ])
  expect(acceptsPerChild(state).fair).toBe(30)
  expect(drawn(state)[2]).toMatch(/^min 0 {2}max 60 {2}⠒ fair 30/)
})

test('children that get what their parent accepts are compared without it', () => {
  const state = stateAfter(
    forked(1100, 101),
    forked(1100, 102, { index: 1 }),
    counted(
      1200,
      counter(SERVER, { accepts: 9, passed: 9 }),
      counter(101, { received: 8 }),
      counter(102, { received: 1 }),
    ),
  )
  expect(barsOf(state)).toEqual([
    ['0', 8],
    ['1', 1],
  ])
})

test('a child that accepted stays when it is dead, an idle one does not', () => {
  const state = stateAfter(
    ...[0, 1, 2].map((index) => forked(1100, 101 + index, { index })),
    counted(1200, counter(101, { accepts: 30 }), counter(102, { accepts: 60 })),
    exited(1300, 102),
    reaped(1301, 102),
    exited(1302, 103),
    reaped(1303, 103),
  )
  expect(barsOf(state)).toEqual([
    ['0', 30],
    ['1', 60],
  ])
})

test('of a server that forks for each client the one that accepts is shown, and nothing is fair', () => {
  const state = stateAfter(
    ...[0, 1, 2].map((index) => forked(1100, 101 + index, { index })),
    counted(1200, counter(SERVER, { accepts: 3 })),
  )
  expect(barsOf(state)).toEqual([['parent', 3]])
  expect(acceptsPerChild(state).fair).toBeUndefined()
})

test('threads that accept are compared, numbered from zero', () => {
  const thread = (tid: number) => ({ tid, name: 'acceptor', state: 'S', waitsIn: 'accept', cpu: 0 })
  const state = stateAfter(
    sampled(1150, [
      sample(SERVER, { parent: 99, born: 1001, threads: 3, threadList: [thread(201), thread(202)] }),
    ]),
    counted(
      1200,
      counter(SERVER, { tid: 201, born: 1002, accepts: 4 }),
      counter(SERVER, { tid: 202, born: 1002, accepts: 6 }),
    ),
  )
  expect(barsOf(state)).toEqual([
    ['0', 4],
    ['1', 6],
  ])
})

test('latencies are drawn with their percentiles', () => {
  const state = stateAfter(
    { type: 'load-started', at: 1100, plan },
    {
      type: 'load-progress',
      at: 1200,
      figures: figures({
        latency: { p50: 0.4, p90: 1, p99: 2.5, p999: 3, max: 3.2 },
        distribution: [
          { from: 0.256, to: 0.36, count: 10 },
          { from: 0.36, to: 0.512, count: 5 },
        ],
      }),
    },
  )
  expect(drawn(state)[3]).toMatch(/^ms: p50 0\.4 {2}p99 2\.5 {2}max 3\.2 {2}15 in all/)
})
