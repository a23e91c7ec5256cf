import { expect, test } from 'vitest'
import type { PerfRecord } from '../../../../src/observe/perf/read-records.ts'
import { RECORD, SCOPE, TRACEFS } from '../../../../src/observe/perf/record-layout.ts'
import { needsOf } from '../../../../src/observe/perf/what-perf-needs.ts'

const ALL = 127
const EACCES = 13
const EPERM = 1
const ENOSYS = 38

const record = (given: Partial<PerfRecord>): PerfRecord => ({
  kind: RECORD.ready,
  at: 0,
  pid: TRACEFS.found,
  a: SCOPE.system,
  b: ALL,
  c: 0,
  d: 2,
  ...given,
})

const refused = (errno: number, paranoid: number) =>
  needsOf(record({ kind: RECORD.refused, a: errno, b: 0, d: paranoid }))

test('root sees all, and nothing is missing', () => {
  const needs = needsOf(record({}))
  expect(needs).toMatchObject({ available: true, scope: 'system', reason: null })
  expect(Object.values(needs.sees).every(Boolean)).toBe(true)
})

test('a user sees forks and ends of his own, and is told what would allow more', () => {
  const needs = needsOf(record({ pid: TRACEFS.unreadable, a: SCOPE.own, b: 1, c: EACCES }))
  expect(needs).toMatchObject({ available: true, scope: 'own', sees: { forks: true, accepts: false } })
  expect(needs.reason).toContain('the ids of accept are in tracefs')
  expect(needs.reason).toContain('CAP_PERFMON')
})

test.each([
  [EACCES, 4, 'kernel.perf_event_paranoid is 4: set it to 2'],
  [EPERM, 2, 'seccomp'],
  [ENOSYS, -100, 'built without perf events'],
  [24, 2, 'ulimit -n'],
  [22, 2, 'EINVAL'],
])('errno %d at level %d is one sentence', (errno, paranoid, words) => {
  const { available, scope, reason } = refused(errno, paranoid)
  expect({ available, scope }).toEqual({ available: false, scope: 'none' })
  expect(reason).toContain(words)
})

test('what a kernel without system call tracepoints lacks is named', () => {
  expect(needsOf(record({ b: ALL & ~32 })).reason).toContain('Not seen: reaps')
  expect(needsOf(record({ b: 1, pid: TRACEFS.unreadable })).reason).toContain('tracefs cannot be read')
  expect(needsOf(record({ b: 1, pid: TRACEFS.missing })).reason).toContain('without tracepoints')
})
