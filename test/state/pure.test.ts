import { expect, test } from 'vitest'
import type { Event } from '../../src/state/event.ts'
import { reduce } from '../../src/state/reduce.ts'
import { initialState, type State } from '../../src/state/state.ts'
import { deepFreeze } from './deep-freeze.ts'
import {
  counted,
  counter,
  exited,
  figures,
  forked,
  LAUNCHER,
  plan,
  reaped,
  SERVER,
  sample,
  sampled,
  stopping,
} from './support.ts'

const listener = { inode: '1', address: '127.0.0.1', port: 2000, queued: 1, backlog: 128, pids: [SERVER] }

/** At least one event of every type. */
const everything: Event[] = [
  { type: 'server-starting', at: 1000, name: 'fork', command: ['node'], host: '127.0.0.1', port: 2000 },
  { type: 'server-started', at: 1001, pid: SERVER, launcher: LAUNCHER },
  { type: 'probed', at: 1002, pid: SERVER, parent: LAUNCHER },
  { type: 'listening', at: 1003, listeners: [listener] },
  { type: 'load-started', at: 1004, plan },
  forked(1100, 101),
  forked(1101, 102, { index: 1, autoReap: true }),
  { type: 'fork-failed', at: 1102, pid: SERVER, errno: 'EAGAIN' },
  counted(1110, counter(101, { accepts: 1 }), counter(0, { accepts: 2 })),
  { type: 'probe-read', at: 1110, events: 4, dropped: 1, unfollowed: 0 },
  sampled(1120, [sample(101, { born: 1100, state: 'T' }), sample(103, { born: 1100, parent: 101 })], [102]),
  sampled(1130, [sample(101, { born: 1100, state: 'R' }), sample(103, { born: 1100, parent: LAUNCHER })]),
  { type: 'signal-sent', at: 1140, from: 'you', to: 101, signal: 'SIGUSR1' },
  { type: 'signal-sent', at: 1141, from: SERVER, to: 4711, signal: 'SIGUSR1', errno: 'ESRCH' },
  { type: 'signal-handled', at: 1142, pid: 101, signal: 'SIGUSR1' },
  { type: 'reset-armed', at: 1143, pid: 101, fd: 5 },
  { type: 'output', at: 1144, stream: 'stdout', line: 'hello' },
  { type: 'output-skipped', at: 1145, bytes: 10 },
  exited(1150, 101),
  reaped(1160, 101),
  forked(1170, 101, { index: 2 }),
  counted(1180, counter(101, { accepts: 0 }), counter(101, { born: 1171, accepts: 3 })),
  { type: 'load-progress', at: 1190, figures: figures({ connects: 3 }) },
  { type: 'load-ended', at: 1191, figures: figures({ connects: 6, failed: { SHORT: 1 } }), stopped: false },
  { type: 'tick', at: 9000 },
  stopping(9001),
  { type: 'server-ended', at: 9002, pid: SERVER, ending: { signal: 'SIGTERM' } },
  { type: 'server-gone', at: 9003, killed: 1 },
  { type: 'server-failed', at: 9004, reason: 'gone' },
  { type: 'server-starting', at: 9005, name: 'select', command: ['node'], host: '127.0.0.1', port: 2001 },
]

test('reducing changes neither the state nor the events that it is given', () => {
  let state = deepFreeze(initialState)
  for (const event of everything) state = deepFreeze(reduce(state, [deepFreeze(event)]))
  expect(state.server.name).toBe('select')
})

test('reducing many events at once changes nothing that it is given either', () => {
  const half = deepFreeze(reduce(initialState, everything.slice(0, 15)))
  const copy = structuredClone(half)
  reduce(half, deepFreeze(everything.slice(15)))
  expect(half).toEqual(copy)
})

test('the same state and events give the same state', () => {
  expect(reduce(initialState, everything)).toEqual(reduce(initialState, everything))
})

test('events give the same state at once and one by one', () => {
  const oneByOne = everything.reduce<State>((state, event) => reduce(state, [event]), initialState)
  expect(oneByOne).toEqual(reduce(initialState, everything))
})

test('no event leaves the state as it is', () => {
  expect(reduce(initialState, [])).toEqual(initialState)
})
