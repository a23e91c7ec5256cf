import { expect, test } from 'vitest'
import { childBalanceOf } from '../../src/select/balance.ts'
import { knownProcesses } from '../../src/select/known-processes.ts'
import { endedByItself, isOver } from '../../src/select/over.ts'
import { treeOf } from '../../src/select/tree.ts'
import type { Event } from '../../src/state/event.ts'
import { reduce } from '../../src/state/reduce.ts'
import {
  exited,
  forked,
  kinds,
  LAUNCHER,
  processOf,
  reaped,
  SERVER,
  sample,
  sampled,
  stateAfter,
  stopping,
} from './support.ts'

const DAEMON = 101
const WORKER = 102

/** As nginx starts: the first process forks the daemon and ends. */
const daemonized: Event[] = [
  forked(1100, DAEMON),
  exited(1110, SERVER, 0),
  forked(1115, WORKER, { parent: DAEMON }),
  reaped(1120, SERVER, { by: LAUNCHER }),
  { type: 'server-daemonized', at: 1121, pid: DAEMON },
]
const ended: Event = { type: 'server-ended', at: 2000, pid: DAEMON, ending: { code: 0 } }

test('a daemon goes on when its first process has ended', () => {
  const state = stateAfter(...daemonized)
  expect(state.server).toMatchObject({ phase: 'running', pid: DAEMON, ending: null })
  expect([isOver(state), endedByItself(state)]).toEqual([false, false])
  expect(kinds(state)).toContain('server-daemonized')
})

test('the tree begins with the daemon, whose parent is the launcher', () => {
  const rows = treeOf(stateAfter(...daemonized))
  expect(rows.map(({ id, role }) => [id, role])).toContainEqual([DAEMON, 'parent'])
  expect(processOf(stateAfter(...daemonized), DAEMON)).toMatchObject({ parent: LAUNCHER, orphan: false })
  const seen = stateAfter(
    ...daemonized,
    sampled(1200, [
      sample(DAEMON, { parent: LAUNCHER, born: 1100 }),
      sample(WORKER, { parent: DAEMON, born: 1115 }),
    ]),
  )
  expect(kinds(seen)).not.toContain('orphaned')
})

test('only what the daemon forked counts as forked', () => {
  expect(childBalanceOf(stateAfter(...daemonized))).toMatchObject({
    forked: 1,
    running: 1,
    reaped: 0,
    missing: 0,
  })
  const gone = stateAfter(...daemonized, exited(1900, WORKER), reaped(1910, WORKER, { by: DAEMON }), ended)
  expect(childBalanceOf(gone)).toMatchObject({ forked: 1, running: 0, reaped: 1, missing: 0 })
})

test('a daemon that nobody told of before is known from then on', () => {
  const state = stateAfter(
    reaped(1120, SERVER, { by: LAUNCHER }),
    { type: 'server-daemonized', at: 1121, pid: DAEMON },
    { type: 'perf-found', at: 1001, pid: SERVER, parent: LAUNCHER },
  )
  expect(childBalanceOf(state)).toMatchObject({ forked: 0, missing: 0 })
  expect(processOf(state, SERVER).reaped).not.toBeNull()
})

test('it is over when the daemon is, and by itself unless it was stopped', () => {
  const state = stateAfter(...daemonized, ended)
  expect([isOver(state), endedByItself(state)]).toEqual([true, true])
  expect(endedByItself(stateAfter(...daemonized, stopping(1500), ended))).toBe(false)
})

test('who waits for the end knows when the rest is killed, and a second order is not another stop', () => {
  const first = stateAfter(stopping(2000))
  expect(first.server).toMatchObject({ phase: 'stopping', stopping: { signal: 'SIGTERM', until: 12_000 } })
  const second = reduce(first, [{ type: 'server-stopping', at: 3000, signal: 'SIGKILL', until: 3000 }])
  expect(second.server).toMatchObject({
    stopRequestedAt: 2000,
    stopping: { signal: 'SIGKILL', until: 3000 },
  })
  expect(second.signals.get(`SIGKILL you ${SERVER}`)).toMatchObject({ count: 1 })
})

test('who was seen in /proc and lives can be found again by when it started', () => {
  const state = stateAfter(
    forked(1100, DAEMON),
    forked(1100, WORKER, { index: 1 }),
    sampled(1200, [sample(DAEMON, { startTicks: 7 }), sample(SERVER, { startTicks: 5 })]),
    exited(1300, DAEMON),
  )
  expect(knownProcesses(state)).toEqual([{ pid: SERVER, startTicks: 5 }])
})
