import { expect, test } from 'vitest'
import { describeEvent } from '../../src/report/describe-event.ts'
import { balanceOf } from '../../src/select/balance.ts'
import { reduce } from '../../src/state/reduce.ts'
import { initialState } from '../../src/state/state.ts'
import {
  counted,
  counter,
  exited,
  figures,
  forked,
  plan,
  running,
  SERVER,
  stateAfter,
  stopping,
} from './support.ts'

test('a server starts, runs, is asked to stop and is gone', () => {
  const phases = [
    running.server.phase,
    stateAfter(stopping(2000)).server.phase,
    stateAfter(stopping(2000), { type: 'server-gone', at: 2001, killed: 0 }).server.phase,
  ]
  expect(phases).toEqual(['running', 'stopping', 'gone'])
})

test('a server that could not be started says why', () => {
  const state = reduce(initialState, [
    { type: 'server-starting', at: 1, name: 'x', command: ['x'], host: '127.0.0.1', port: null },
    { type: 'server-failed', at: 2, reason: 'x: command not found.' },
  ])
  expect(state.server).toMatchObject({ phase: 'gone', failure: 'x: command not found.', pid: null })
  expect(state.log.entries.at(-1)!.what).toMatchObject({
    kind: 'server-failed',
    reason: 'x: command not found.',
  })
})

test('a server that ends by itself is a surprise, one that was asked to is not', () => {
  const ended = { type: 'server-ended', at: 2001, pid: SERVER, ending: { signal: 'SIGSEGV' } } as const
  const bad = (state: typeof running) => describeEvent(state.log.entries.at(-1)!, state).tone === 'bad'
  expect(bad(stateAfter(ended))).toBe(true)
  expect(bad(stateAfter(stopping(2000), ended))).toBe(false)
  expect(stateAfter(ended).server.ending).toEqual({ signal: 'SIGSEGV' })
})

test('when nothing is left, nothing listens', () => {
  const listener = { inode: '1', address: '127.0.0.1', port: 2000, queued: 1, backlog: 128, pids: [SERVER] }
  const state = stateAfter(
    { type: 'listening', at: 1500, listeners: [listener] },
    { type: 'server-gone', at: 2000, killed: 3 },
  )
  expect(state.listeners).toEqual([])
  expect(state.server.killed).toBe(3)
})

test('a switch to another server begins anew, and only the log goes on', () => {
  const used = stateAfter(
    forked(1100, 101),
    exited(1200, 101),
    counted(1250, counter(SERVER, { accepts: 5 })),
    { type: 'signal-sent', at: 1260, from: 'you', to: SERVER, signal: 'SIGHUP' },
    { type: 'probe-read', at: 1270, events: 7, dropped: 2, unfollowed: 0 },
    { type: 'load-started', at: 1300, plan },
    { type: 'load-ended', at: 1400, figures: figures({ connects: 5, succeeded: 5 }), stopped: false },
  )
  const next = reduce(used, [
    { type: 'server-starting', at: 3000, name: 'select', command: ['node'], host: '127.0.0.1', port: 2001 },
  ])
  expect(next).toMatchObject({
    seen: 0,
    ended: [],
    departed: initialState.departed,
    zombies: initialState.zombies,
    probe: { events: 0, dropped: 0 },
    load: initialState.load,
    server: { name: 'select', port: 2001, pid: null, phase: 'starting' },
  })
  expect([next.processes.size, next.signals.size]).toEqual([0, 0])
  expect(next.log.entries.slice(0, -1)).toEqual(used.log.entries)
  expect(next.now).toBe(3000)
})

test('the next server counts from zero, in the same places of its own probe', () => {
  const state = reduce(stateAfter(counted(1250, counter(SERVER, { accepts: 500 }))), [
    { type: 'server-starting', at: 3000, name: 'select', command: [], host: '127.0.0.1', port: 2001 },
    { type: 'server-started', at: 3001, pid: 200, launcher: 199 },
    counted(3100, counter(200, { born: 3050, accepts: 3 })),
  ])
  expect(state.processes.get(200)!.counts.accepts).toBe(3)
  expect(balanceOf(state).accepts).toBe(3)
})

test('the last lines that a server printed are kept', () => {
  const lines = Array.from(
    { length: 80 },
    (_, i) => ({ type: 'output', at: 1100 + i, stream: 'stderr', line: `line ${i}` }) as const,
  )
  const { output } = stateAfter(...lines).server
  expect(output).toHaveLength(50)
  expect(output.at(-1)).toEqual({ stream: 'stderr', line: 'line 79' })
})

test('much on standard output takes nothing from what a server said on standard error', () => {
  const error = { type: 'output', at: 1, stream: 'stderr', line: 'no database' } as const
  const lines = Array.from(
    { length: 80 },
    (_, i) => ({ type: 'output', at: 2 + i, stream: 'stdout', line: `line ${i}` }) as const,
  )
  const { output } = stateAfter(error, ...lines).server
  expect(output).toHaveLength(51)
  expect(output[0]).toEqual({ stream: 'stderr', line: 'no database' })
})
