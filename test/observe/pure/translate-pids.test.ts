import { expect, test } from 'vitest'
import { type Named, PidTranslator } from '../../../src/observe/translate-pids.ts'
import { noCounts } from '../../../src/state/counts.ts'
import type { Event } from '../../../src/state/event.ts'

const named = (at: number, pid: number, outer: number): Named => ({ type: 'named', at, pid, outer })
const forked = (at: number, pid: number, parent: number): Event => ({
  type: 'forked',
  at,
  pid,
  parent,
  autoReap: false,
  index: 0,
})
const reaped = (at: number, pid: number, by: number): Event => ({
  type: 'reaped',
  at,
  pid,
  by,
  ending: { code: 0 },
})
const gauges = { open: 0, activity: null, image: 0 }
const counted = (born: number, pid: number, tid: number) => ({
  ...noCounts,
  ...gauges,
  pid,
  tid,
  born,
  accepts: 1,
})

const nobody = () => new Map<number, number>()
/** Process 2 in the namespace is 502 outside. */
const withServer = (around = nobody) => {
  const translator = new PidTranslator(around)
  translator.events([], [named(10, 2, 502)])
  return translator
}

test('a server in our own namespace has the pids that we know', () => {
  const translator = new PidTranslator(() => {
    throw new Error('nobody is looked for')
  })
  const events = [forked(10, 7, 6), reaped(11, 7, 6)]
  expect(translator.events(events, [])).toEqual(events)
  expect(translator.counts([counted(10, 7, 7)])).toEqual([counted(10, 7, 7)])
})

test('parent, child, sender and receiver are translated', () => {
  const signal: Event = { type: 'signal-sent', at: 13, from: 2, to: 3, signal: 'SIGTERM' }
  expect(
    withServer().events([forked(12, 3, 2), signal, reaped(14, 3, 2)], [named(11, 3, 503)]),
  ).toMatchObject([
    { pid: 503, parent: 502 },
    { from: 502, to: 503 },
    { pid: 503, by: 502 },
  ])
})

test('groups are translated by their leader, and everybody is everybody', () => {
  const to = (pid: number): Event => ({ type: 'signal-sent', at: 13, from: 2, to: pid, signal: 'SIGTERM' })
  const events = withServer().events([to(-2), to(0), to(-1), to(99)], [])
  expect(events).toMatchObject([{ to: -502 }, { to: 0 }, { to: -1 }])
})

test('a parent may tell of a child before that has told its name', () => {
  expect(withServer().events([forked(11, 3, 2)], [named(12, 3, 503)])).toMatchObject([
    { pid: 503, parent: 502 },
  ])
})

test('a pid that was given to another process is told from the first by the time', () => {
  const translator = withServer()
  const names = [named(11, 3, 503), named(21, 3, 777)]
  const events = [forked(12, 3, 2), reaped(15, 3, 2), forked(22, 3, 2), reaped(25, 3, 2)]
  expect(translator.events(events, names).map((event) => 'pid' in event && event.pid)).toEqual([
    503, 503, 777, 777,
  ])
  expect(translator.counts([counted(12, 3, 3), counted(23, 3, 3)])).toMatchObject([
    { pid: 503 },
    { pid: 777 },
  ])
})

test('threads are translated as processes are', () => {
  const translator = withServer()
  translator.events([], [named(11, 9, 509)])
  expect(translator.counts([counted(12, 2, 9), counted(10, 2, 2), counted(0, 0, 0)])).toMatchObject([
    { pid: 502, tid: 509 },
    { pid: 502, tid: 502 },
    { pid: 0, tid: 0 },
  ])
})

test('who did not tell its name is found in /proc', () => {
  const events = withServer(() => new Map([[4, 504]])).events([forked(11, 4, 2)], [])
  expect(events).toMatchObject([{ pid: 504, parent: 502 }])
})

test('what is told of one who is not known is left out, and what it counted is not lost', () => {
  const translator = withServer()
  expect(translator.events([forked(11, 4, 2), reaped(12, 4, 2)], [])).toEqual([])
  expect(translator.counts([counted(11, 4, 4)])).toEqual([])
  expect(translator.counts([])).toMatchObject([{ pid: 0, tid: 0, accepts: 1 }])
})

test('a name that is told after the count is believed at the next reading', () => {
  const translator = withServer()
  expect(translator.counts([counted(12, 4, 4)])).toEqual([])
  translator.events([], [named(11, 4, 504)])
  expect(translator.counts([])).toMatchObject([{ pid: 504, tid: 504 }])
})
