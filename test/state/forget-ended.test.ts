import { expect, test } from 'vitest'
import type { Event } from '../../src/state/event.ts'
import { reduce } from '../../src/state/reduce.ts'
import type { State } from '../../src/state/state.ts'
import { timesAsLong } from '../support/times-as-long.ts'
import {
  counted,
  counter,
  exited,
  forked,
  processOf,
  reaped,
  running,
  sample,
  sampled,
  stateAfter,
  tick,
} from './support.ts'

/** A child that lives for a millisecond and accepts one connection, if asked to. */
function life(i: number, accepts: number): Event[] {
  const at = 1100 + i
  const pid = 101 + i
  return [
    forked(at, pid, { index: i }),
    ...(accepts > 0 ? [counted(at + 0.2, counter(pid, { born: at + 0.1, accepts }))] : []),
    exited(at + 0.5, pid),
    reaped(at + 0.9, pid),
  ]
}

/** So many children, a hundred or so in each reading. */
function readings(forks: number, accepts: number): State {
  let state = running
  for (let i = 0; i < forks; i += 120) {
    const lives = Array.from({ length: Math.min(120, forks - i) }, (_, j) => life(i + j, accepts))
    state = reduce(state, lives.flat())
  }
  return state
}

test('thirty thousand forks leave a short list, and every process and count is in the sums', () => {
  const state = readings(30_000, 0)
  expect(state.processes.size).toBeLessThan(300)
  expect(state.ended.length).toBeLessThan(300)
  expect(state.log.entries.length).toBeLessThanOrEqual(500)
  expect(state.seen).toBe(30_001)
  expect(state.departed.processes + state.processes.size).toBe(30_001)
  expect(state.zombies).toMatchObject({ now: 0, peak: 1 })
})

test('ten thousand children that each accepted once leave a bounded list and an exact sum', () => {
  const state = readings(10_000, 1)
  expect(state.processes.size).toBeLessThan(2200)
  expect(state.totals.accepts).toBe(10_000)
  expect(state.departed.processes + state.processes.size).toBe(10_001)
})

test('all that the ring can hold in one reading, twenty thousand forks, is reduced in ten times the time of a tenth', () => {
  const events = Array.from({ length: 20_000 }, (_, i) => life(i, 0)).flat()
  const tenth = events.slice(0, events.length / 10)
  const ratio = timesAsLong(
    () => reduce(running, events),
    () => reduce(running, tenth),
  )
  expect(ratio).toBeLessThan(40) // and not a hundred
  const state = reduce(running, events)
  expect(state.departed.processes + state.processes.size).toBe(20_001)
})

test('a child that ended as it should is listed for two more seconds', () => {
  const ended = stateAfter(forked(1100, 101), exited(1200, 101), reaped(1201, 101))
  expect(reduce(ended, [tick(3200)]).processes.has(101)).toBe(true)
  expect(reduce(ended, [tick(3202)]).processes.has(101)).toBe(false)
})

test('a child that was killed is listed for a minute', () => {
  const ended = stateAfter(forked(1100, 101), reaped(1201, 101, { ending: { signal: 'SIGKILL' } }))
  expect(reduce(ended, [tick(61_000)]).processes.has(101)).toBe(true)
  expect(reduce(ended, [tick(61_300)]).processes.has(101)).toBe(false)
})

test('a child that accepted connections stays listed with its count', () => {
  const ended = stateAfter(
    forked(1100, 101),
    counted(1150, counter(101, { born: 1110, accepts: 3 })),
    exited(1200, 101),
    reaped(1201, 101),
    tick(600_000),
  )
  expect(processOf(ended, 101).counts.accepts).toBe(3)
})

test('a zombie is never forgotten', () => {
  const state = stateAfter(forked(1100, 101), exited(1200, 101), tick(3_600_000))
  expect(processOf(state, 101).reaped).toBeNull()
})

test('what a process did and was read after it was forgotten is still in the sum', () => {
  const state = stateAfter(forked(1100, 101), exited(1200, 101), reaped(1201, 101), tick(9000))
  const later = reduce(state, [counted(9100, counter(101, { born: 1110, accepts: 2 }))])
  expect(later.processes.has(101)).toBe(false)
  expect(later.totals.accepts).toBe(2)
})

test('a process that is forgotten is not found again in /proc by its old sample', () => {
  const state = stateAfter(
    forked(1100, 101),
    exited(1200, 101),
    reaped(1201, 101),
    sampled(1202, [sample(101, { born: 1100, state: 'Z' })]),
  )
  expect(state.zombies.now).toBe(0)
  expect(state.seen).toBe(2)
})
