import { readFileSync } from 'node:fs'
import { expect, test } from 'vitest'
import { parseStat } from '../../../src/observe/proc-stat.ts'

/** A line of /proc/PID/stat whose fields from the third on are as given, and otherwise their own number. */
function line(name: string, given: Record<number, string | number> = {}): string {
  const fields = Array.from({ length: 50 }, (_, i) => given[i + 3] ?? i + 3)
  return `4711 (${name}) ${fields.join(' ')}\n`
}

test.each(['node', 'a b', 'x) R 1 (y', ')', '(', '', ') ) )', '((((', 'two\nlines', '\x1b[31mred', 'ünï'])(
  'a process may be called %j',
  (name) => {
    expect(parseStat(line(name, { 3: 'S', 4: 42 }))).toMatchObject({ name, state: 'S', parent: 42 })
  },
)

test('every field is the one of that number in the manual page', () => {
  expect(
    parseStat(line('node', { 3: 'Z', 4: 1, 5: 4, 6: 2, 14: 7, 15: 5, 20: 3, 22: 99, 24: 1000, 52: 9 })),
  ).toEqual({
    name: 'node',
    state: 'Z',
    parent: 1,
    group: 4,
    session: 2,
    cpu: 12,
    threads: 3,
    startTime: 99,
    residentPages: 1000,
    startCode: '26',
    startStack: '28',
    exitCode: 9,
  })
})

test('our own is as it should be', () => {
  const stat = parseStat(readFileSync('/proc/thread-self/stat', 'utf8'))
  expect(stat).toMatchObject({ parent: process.ppid, state: 'R', exitCode: 0 })
  expect(stat.residentPages * 4096).toBeGreaterThan(10 * 1024 * 1024)
})
