import { expect, test } from 'vitest'
import { checkEvents, checkForks } from '../../../src/observe/check-events.ts'
import type { Event } from '../../../src/state/event.ts'

const run = { launcher: 99, since: 1000, now: 2000 }
const forked = (pid: number, at = 1500): Event => ({
  type: 'forked',
  at,
  pid,
  parent: 100,
  autoReap: false,
  index: 0,
})

test('what a probe notes is believed', () => {
  const events: Event[] = [
    forked(101),
    { type: 'signal-sent', at: 1500, from: 100, to: -100, signal: 'SIGTERM' },
    { type: 'reaped', at: 1900, pid: 101, by: 100, ending: { code: 0 } },
  ]
  expect(() => checkEvents(events, run)).not.toThrow()
})

test.each<[string, Event]>([
  ['init', forked(1)],
  ['our launcher', forked(99)],
  ['pid 0', forked(0)],
  ['a pid that Linux never gives', forked(2 ** 22 + 1)],
  ['half a pid', forked(101.5)],
  ['a negative pid', { type: 'reaped', at: 1500, pid: -5, by: 100, ending: { code: 0 } }],
  ['a time before the run', forked(101, -1)],
  ['a time long after now', forked(101, 1e13)],
  ['no time at all', forked(101, Number.NaN)],
  ['a signal to nobody', { type: 'signal-sent', at: 1500, from: 100, to: 2 ** 40, signal: 'SIGTERM' }],
])('an event of %s is not', (_, event) => {
  expect(() => checkEvents([event], run)).toThrow(/not read any more/)
})

test('a thousand children that are not there are not believed, one that has just ended is', () => {
  const children = Array.from({ length: 1000 }, (_, i) => forked(4_000_000 + i))
  expect(() => checkForks(children)).toThrow(/children that are not there/)
  expect(() => checkForks(children.slice(0, 1))).not.toThrow()
})
