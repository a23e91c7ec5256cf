import { expect, test } from 'vitest'
import { reduce } from '../../src/state/reduce.ts'
import {
  exited,
  forked,
  LAUNCHER,
  processOf,
  reaped,
  running,
  SERVER,
  sample,
  sampled,
  stateAfter,
  stopping,
  tick,
} from './support.ts'

test('a child that exits is a zombie until its parent reaps it', () => {
  const dead = stateAfter(forked(1100, 101), exited(1200, 101, 3))
  expect(dead.zombies).toEqual({ now: 1, peak: 1, longest: 0, leftAtStop: 0 })
  expect(processOf(dead, 101)).toMatchObject({ exited: { at: 1200, ending: { code: 3 } }, reaped: null })

  const reapedNow = reduce(dead, [reaped(1500, 101, { ending: { code: 3 } })])
  expect(reapedNow.zombies).toEqual({ now: 0, peak: 1, longest: 300, leftAtStop: 0 })
  expect(processOf(reapedNow, 101).reaped).toEqual({ at: 1500, by: SERVER })
})

test('a zombie shows how long it has been one', () => {
  const state = stateAfter(forked(1100, 101), exited(1200, 101), tick(4700))
  expect(state.now - processOf(state, 101).exited!.at).toBe(3500)
})

test('the peak is the most zombies there were at one time, and the longest the longest', () => {
  const born = [101, 102, 103, 104].map((pid, index) => forked(1100, pid, { index }))
  const state = stateAfter(
    ...born,
    exited(1200, 101),
    exited(1210, 102),
    reaped(1220, 101),
    exited(1230, 103),
    exited(1240, 104),
    reaped(1250, 104),
    reaped(1990, 102),
    reaped(2000, 103),
  )
  expect(state.zombies).toMatchObject({ now: 0, peak: 3, longest: 780 })
})

test('forty children that nobody reaps are forty zombies at the stop, and none after it', () => {
  const pids = Array.from({ length: 40 }, (_, i) => 101 + i)
  const ends = pids.flatMap((pid, index) => [forked(1100, pid, { index }), exited(1200, pid)])
  const stopped = stateAfter(...ends, stopping(2000))
  expect(stopped.zombies).toMatchObject({ now: 40, peak: 40, leftAtStop: 40 })

  const gone = reduce(stopped, [
    { type: 'server-ended', at: 2010, pid: SERVER, ending: { signal: 'SIGTERM' } },
    ...pids.map((pid) => reaped(2020, pid, { by: LAUNCHER })),
    { type: 'server-gone', at: 2030, killed: 0 },
  ])
  expect(gone.zombies).toMatchObject({ now: 0, peak: 40, leftAtStop: 40, longest: 820 })
})

test('a child whose parent ignores SIGCHLD is never a zombie', () => {
  const state = stateAfter(forked(1100, 101, { autoReap: true }), exited(1200, 101))
  expect(state.zombies).toEqual({ now: 0, peak: 0, longest: 0, leftAtStop: 0 })
  expect(processOf(state, 101).reaped).toEqual({ at: 1200, by: null })
  expect(state.signals.size).toBe(0)
})

test('a killed child whose parent ignores SIGCHLD just vanishes', () => {
  const state = stateAfter(forked(1100, 101, { autoReap: true }), sampled(1300, [], [101]))
  expect(state.zombies).toMatchObject({ now: 0, peak: 0 })
  expect(processOf(state, 101).reaped).not.toBeNull()
})

test('a killed child is a zombie as soon as /proc shows it as one, and its ending is known', () => {
  const state = stateAfter(
    forked(1100, 101),
    sampled(1300, [sample(101, { born: 1100, state: 'Z', ending: { signal: 'SIGKILL' } })]),
  )
  expect(state.zombies).toMatchObject({ now: 1, peak: 1 })
  expect(processOf(state, 101).exited).toEqual({ at: 1300, ending: { signal: 'SIGKILL' } })
})

test('a zombie that the probe and /proc both tell of is one', () => {
  const zombie = sample(101, { born: 1100, state: 'Z', ending: { code: 0 } })
  const state = stateAfter(
    forked(1100, 101),
    exited(1200, 101),
    sampled(1300, [zombie]),
    sampled(1550, [zombie]),
  )
  expect(state.zombies).toMatchObject({ now: 1, peak: 1 })
  expect(processOf(state, 101).exited!.at).toBe(1200)
})

test('a process that nobody saw as a zombie counts as none: stopping an iterative server leaves the peak at 0', () => {
  const state = reduce(running, [
    stopping(2000),
    { type: 'server-ended', at: 2010, pid: SERVER, ending: { signal: 'SIGTERM' } },
    { type: 'server-gone', at: 2011, killed: 0 },
  ])
  expect(state.zombies).toEqual({ now: 0, peak: 0, longest: 0, leftAtStop: 0 })
})

test('a child of which only the reaping was seen was no zombie that anybody saw', () => {
  const state = stateAfter(forked(1100, 101), reaped(1500, 101, { ending: { signal: 'SIGKILL' } }))
  expect(state.zombies).toMatchObject({ now: 0, peak: 0 })
  expect(processOf(state, 101).exited!.ending).toEqual({ signal: 'SIGKILL' })
})

test('a process that is said to have ended and goes on is no zombie', () => {
  const state = stateAfter(
    forked(1100, 101),
    exited(1200, 101),
    sampled(1450, [sample(101, { born: 1100, state: 'S' })]),
  )
  expect(processOf(state, 101).exited).toBeNull()
  expect(state.zombies).toMatchObject({ now: 0, longest: 0 })
})
