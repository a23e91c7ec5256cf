import { expect, test } from 'vitest'
import type { Event } from '../../src/state/event.ts'
import type { Happening } from '../../src/state/happening.ts'
import { append, type Log } from '../../src/state/log.ts'
import { exited, forked, SERVER, stateAfter } from './support.ts'

const empty: Log = { entries: [], next: 1 }
const fork = (pid: number): Happening => ({ kind: 'forked', pid, parent: SERVER })
const told = (log: Log, ...happenings: [at: number, what: Happening][]) =>
  happenings.reduce((before, [at, what]) => append(before, at, what), log)

test('equal events within a second are one entry with a count, and the latest pid', () => {
  const log = told(empty, [0, fork(101)], [400, fork(102)], [1000, fork(103)])
  expect(log.entries).toMatchObject([{ id: 1, first: 0, last: 1000, count: 3, what: fork(103) }])
})

test('after a second an equal event is a new entry', () => {
  const log = told(empty, [0, fork(101)], [1001, fork(102)])
  expect(log.entries.map(({ count }) => count)).toEqual([1, 1])
})

test('equal events fold over others that came between them', () => {
  const exit: Happening = { kind: 'exited', pid: 101, parent: SERVER, ending: { code: 0 } }
  const log = told(empty, [0, fork(101)], [1, exit], [2, fork(102)], [3, { ...exit, pid: 102 }])
  expect(log.entries.map(({ what, count }) => [what.kind, count])).toEqual([
    ['forked', 2],
    ['exited', 2],
  ])
})

test.each<[string, Happening, Happening]>([
  ['forks of two parents', fork(101), { kind: 'forked', pid: 102, parent: 999 }],
  [
    'different exit codes',
    { kind: 'exited', pid: 101, parent: 1, ending: { code: 0 } },
    { kind: 'exited', pid: 102, parent: 1, ending: { code: 1 } },
  ],
  [
    'different signals',
    { kind: 'signal', from: 'you', to: 1, signal: 'SIGHUP', effect: null },
    { kind: 'signal', from: 'you', to: 1, signal: 'SIGINT', effect: null },
  ],
  [
    'different lines',
    { kind: 'output', stream: 'stdout', line: 'a' },
    { kind: 'output', stream: 'stdout', line: 'b' },
  ],
  [
    'the same line on the other stream',
    { kind: 'output', stream: 'stdout', line: 'a' },
    { kind: 'output', stream: 'stderr', line: 'a' },
  ],
])('%s stay two entries', (_, a, b) => {
  expect(told(empty, [0, a], [1, b]).entries).toHaveLength(2)
})

test('bytes of skipped output are added up', () => {
  const log = told(
    empty,
    [0, { kind: 'output-skipped', bytes: 100 }],
    [5, { kind: 'output-skipped', bytes: 50 }],
  )
  expect(log.entries).toMatchObject([{ what: { bytes: 150 } }])
})

test('the log keeps the newest 500 entries, and an entry keeps its number', () => {
  const lines = Array.from(
    { length: 2000 },
    (_, i): Event => ({ type: 'output', at: 1100 + i, stream: 'stdout', line: `line ${i}` }),
  )
  const { entries } = stateAfter(...lines).log
  expect(entries).toHaveLength(500)
  expect(entries.at(-1)!.what).toMatchObject({ line: 'line 1999' })
  const ids = entries.map(({ id }) => id)
  expect(ids).toEqual(ids.toSorted((a, b) => a - b))
})

test('a thousand forks and exits within a second are two entries', () => {
  const events = Array.from({ length: 1000 }, (_, i) => [
    forked(1100 + i / 2, 101 + i, { index: i }),
    exited(1100 + i / 2, 101 + i),
  ]).flat()
  const { entries } = stateAfter(...events).log
  expect(entries.slice(-2).map(({ what, count }) => [what.kind, count])).toEqual([
    ['forked', 1000],
    ['exited', 1000],
  ])
})
