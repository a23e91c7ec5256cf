import { describe, expect, test } from 'vitest'
import type { Event } from '../../src/state/event.ts'
import type { State } from '../../src/state/state.ts'
import {
  exited,
  forked,
  processOf,
  reaped,
  SERVER,
  sample,
  sampled,
  stateAfter,
  stopping,
} from './support.ts'

const sent = (at: number, from: number | 'you', to: number, signal: string, errno?: string): Event => ({
  type: 'signal-sent',
  at,
  from,
  to,
  signal,
  ...(errno && { errno }),
})
const handled = (at: number, pid: number, signal: string): Event => ({
  type: 'signal-handled',
  at,
  pid,
  signal,
})
const tallies = ({ signals }: State) => [...signals.values()]
const lastEffect = ({ log }: State) => log.entries.at(-1)!.what

test('five ends and two handler runs: coalesced SIGCHLDs are visible', () => {
  const pids = [101, 102, 103, 104, 105]
  const state = stateAfter(
    ...pids.map((pid, index) => forked(1100, pid, { index })),
    ...pids.map((pid) => exited(1200, pid)),
    handled(1201, SERVER, 'SIGCHLD'),
    ...pids.map((pid) => reaped(1202, pid)),
    handled(1203, SERVER, 'SIGCHLD'),
  )
  expect(tallies(state)).toEqual([{ name: 'SIGCHLD', from: 'kernel', to: SERVER, count: 5, handlerRuns: 2 }])
  expect(pids.filter((pid) => processOf(state, pid).reaped)).toHaveLength(5)
})

test('each sender and receiver has a count of its own', () => {
  const state = stateAfter(
    forked(1100, 101),
    sent(1200, 'you', 101, 'SIGUSR1'),
    sent(1201, 'you', 101, 'SIGUSR1'),
    sent(1202, SERVER, 101, 'SIGUSR1'),
    sent(1203, 'you', SERVER, 'SIGUSR1'),
  )
  expect(tallies(state).map(({ from, to, count }) => [from, to, count])).toEqual([
    ['you', 101, 2],
    [SERVER, 101, 1],
    ['you', SERVER, 1],
  ])
})

test('a handler that ran for a signal of an unknown sender is counted', () => {
  const state = stateAfter(handled(1200, SERVER, 'SIGHUP'))
  expect(tallies(state)).toEqual([{ name: 'SIGHUP', from: 'unknown', to: SERVER, count: 0, handlerRuns: 1 }])
})

test('a signal that could not be sent is told with its errno, and not counted', () => {
  const state = stateAfter(sent(1200, SERVER, 4711, 'SIGTERM', 'ESRCH'))
  expect(lastEffect(state)).toMatchObject({ effect: { errno: 'ESRCH' } })
  expect(tallies(state).reduce((sum, { count }) => sum + count, 0)).toBe(0)
})

test('a signal that is noted before it is sent, and again when it fails, is not counted', () => {
  const state = stateAfter(
    sent(1200, SERVER, 4711, 'SIGTERM'),
    sent(1200.1, SERVER, 4711, 'SIGTERM', 'ESRCH'),
  )
  expect(tallies(state).reduce((sum, { count }) => sum + count, 0)).toBe(0)
})

test('no signal goes uncounted, however many receivers there are', () => {
  const pids = Array.from({ length: 2000 }, (_, i) => 101 + i)
  const state = stateAfter(...pids.map((pid) => sent(1200, SERVER, pid, 'SIGTERM')))
  expect(tallies(state).reduce((sum, { count }) => sum + count, 0)).toBe(2000)
})

describe('what the signal will do is told with it', () => {
  const child = (given: object) => [forked(1100, 101), sampled(1150, [sample(101, { born: 1100, ...given })])]

  test.each([
    ['caught', child({ catches: ['SIGTERM'] })],
    ['ignored', child({ ignores: ['SIGTERM'] })],
    ['zombie', [forked(1100, 101), exited(1150, 101)]],
    [null, child({})],
  ])('%s', (effect, events) => {
    const state = stateAfter(...events, sent(1200, 'you', 101, 'SIGTERM'))
    expect(lastEffect(state)).toEqual({ kind: 'signal', from: 'you', to: 101, signal: 'SIGTERM', effect })
  })
})

test('a process ended by a signal says so', () => {
  const state = stateAfter(
    forked(1100, 101),
    sent(1200, 'you', 101, 'SIGKILL'),
    reaped(1201, 101, { ending: { signal: 'SIGKILL' } }),
  )
  expect(processOf(state, 101).exited!.ending).toEqual({ signal: 'SIGKILL' })
})

test('stopping a server counts as our SIGTERM to it', () => {
  const state = stateAfter(stopping(2000))
  expect(tallies(state)).toEqual([{ name: 'SIGTERM', from: 'you', to: SERVER, count: 1, handlerRuns: 0 }])
})
