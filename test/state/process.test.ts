import { describe, expect, test } from 'vitest'
import { treeOf } from '../../src/select/tree.ts'
import type { Event } from '../../src/state/event.ts'
import { reduce } from '../../src/state/reduce.ts'
import {
  counted,
  counter,
  exited,
  forked,
  kinds,
  LAUNCHER,
  processOf,
  reaped,
  running,
  SERVER,
  sample,
  sampled,
  stateAfter,
} from './support.ts'

describe('a process told of twice is one', () => {
  test('also when its own word comes seconds after /proc has shown it', () => {
    const state = stateAfter(sampled(1110, [sample(101, { born: 1090 })]), forked(6000, 101, { index: 2 }))
    expect(state).toMatchObject({ seen: 2, forked: 1, reaped: 0 })
    expect(processOf(state, 101)).toMatchObject({ startTicks: 109, index: 2, exited: null })
  })

  test('seen first in /proc, then by its own word', () => {
    const state = stateAfter(
      sampled(1110, [sample(101, { born: 1090, probed: false })]),
      forked(1100, 101, { autoReap: true, index: 4 }),
    )
    expect(state.seen).toBe(2)
    expect(processOf(state, 101)).toMatchObject({ born: 1090, autoReap: true, index: 4, probed: true })
  })

  test('told by its own word, then seen in /proc', () => {
    const state = stateAfter(
      forked(1100, 101),
      sampled(1110, [sample(101, { born: 1090, name: 'worker', state: 'R' })]),
    )
    expect(state.seen).toBe(2)
    expect(processOf(state, 101)).toMatchObject({ born: 1100, name: 'worker', state: 'R' })
  })

  test('and loaded with the probe again by exec', () => {
    const state = stateAfter(forked(1100, 101), { type: 'probed', at: 1150, pid: 101, parent: SERVER })
    expect(state.seen).toBe(2)
  })

  test('the server itself, which the launcher and the probe both tell of', () => {
    const state = stateAfter(
      { type: 'probed', at: 1002, pid: SERVER, parent: LAUNCHER },
      sampled(1250, [sample(SERVER, { parent: LAUNCHER })]),
    )
    expect(state.seen).toBe(1)
    expect(treeOf(state).map(({ role }) => role)).toEqual(['server'])
  })
})

describe('a program that the probe is not in is not seen into', () => {
  const probed = (at: number): Event => ({ type: 'probed', at, pid: SERVER, parent: LAUNCHER })
  const executed = (at: number): Event => ({ type: 'perf-executed', at, pid: SERVER })
  const found: Event = { type: 'perf-found', at: 1300, pid: 101, parent: SERVER }
  const accepted: Event = {
    type: 'perf-counted',
    at: 1400,
    changes: [{ pid: 101, accepts: 9, eagain: null }],
  }

  test.each([
    ['when perf is read after the probe', [probed(1100), executed(1200)]],
    ['when the word of the program before it comes late', [executed(1200), probed(1100)]],
  ])('%s: its children are those that perf found, with what they accepted', (_, events) => {
    const state = stateAfter(...events, found, accepted)
    expect(processOf(state, SERVER).probed).toBe(false)
    expect(processOf(state, 101).counts.accepts).toBe(9)
    expect(state.totals.accepts).toBe(9)
  })

  test('and one that it is in is, whichever is read first', () => {
    expect(processOf(stateAfter(executed(1100), probed(1101)), SERVER).probed).toBe(true)
    expect(processOf(stateAfter(probed(1101), executed(1100)), SERVER).probed).toBe(true)
  })

  test('nor when only /proc tells that exec took it out', () => {
    const state = stateAfter(probed(1100), sampled(1250, [sample(SERVER, { probed: false })]))
    expect(processOf(state, SERVER).probed).toBe(false)
  })
})

describe('the last word of a process is read after /proc has lost it', () => {
  // It exited at 1200, the look through /proc at 1210 did not find it, the probe was read at 1300.
  const events = [forked(1100, 101, { autoReap: true }), sampled(1210, [], [101]), exited(1200, 101)]

  test('it is still one process', () => {
    expect(stateAfter(...events).seen).toBe(2)
    expect(stateAfter(...events).departed.processes).toBe(0)
  })

  test('it is no zombie', () => {
    expect(stateAfter(...events).zombies).toMatchObject({ now: 0, peak: 0 })
  })

  test('its exit code is known after all', () => {
    expect(processOf(stateAfter(...events), 101).exited).toMatchObject({ ending: { code: 0 } })
  })

  test('its end is one SIGCHLD, not two', () => {
    const state = stateAfter(
      forked(1100, 101),
      sampled(1210, [], [101]),
      exited(1200, 101),
      reaped(1205, 101),
    )
    expect([...state.signals.values()]).toMatchObject([{ name: 'SIGCHLD', to: SERVER, count: 1 }])
    expect(state.seen).toBe(2)
  })
})

describe('a pid that is used again', () => {
  test('after it was reaped, is another process', () => {
    const state = stateAfter(
      forked(1100, 101),
      exited(1200, 101),
      reaped(1210, 101),
      forked(1300, 101, { index: 1 }),
    )
    expect(processOf(state, 101)).toMatchObject({ born: 1300, exited: null, reaped: null })
    expect(state).toMatchObject({ seen: 3, departed: { processes: 1 }, zombies: { now: 0 } })
  })

  test('without that anybody saw the first one end, is another process', () => {
    const state = stateAfter(forked(1100, 101), sampled(5000, [sample(101, { born: 4000 })]))
    expect(processOf(state, 101)).toMatchObject({ born: 4000, exited: null, reaped: null })
    expect(state).toMatchObject({ seen: 3, departed: { processes: 1 }, zombies: { now: 0 } })
  })

  test('leaves what the first one did to the first one', () => {
    const state = stateAfter(
      forked(1100, 101),
      counted(1150, counter(101, { born: 1110, accepts: 5 })),
      exited(1200, 101),
      reaped(1210, 101),
      forked(3000, 101, { index: 1 }),
      counted(3050, counter(101, { born: 1110, accepts: 2 }), counter(101, { born: 3010, accepts: 1 })),
    )
    expect(processOf(state, 101).counts.accepts).toBe(1)
    expect(state.departed.counts.accepts).toBe(7)
  })

  test('is forgotten once for each of its processes', () => {
    const life = (at: number, index: number) => [
      forked(at, 101, { index }),
      exited(at + 1, 101),
      reaped(at + 2, 101),
    ]
    const lives = stateAfter(...life(1100, 0), ...life(1200, 1), ...life(1300, 2))
    const later = reduce(lives, [{ type: 'tick', at: 60_000 }])
    expect(later.processes.size).toBe(1)
    expect(later.departed.processes).toBe(3)
    expect(later.ended).toEqual([])
  })
})

describe('an orphan', () => {
  const child = forked(1100, 101)
  const grandchild = forked(1150, 102, { parent: 101 })
  const taken = sampled(1300, [sample(102, { born: 1150, parent: LAUNCHER })])

  test('is told of once, and still is the child of who forked it', () => {
    const state = stateAfter(child, grandchild, exited(1200, 101), reaped(1201, 101), taken, taken)
    expect(kinds(state).filter((kind) => kind === 'orphaned')).toHaveLength(1)
    expect(treeOf(state).find(({ process }) => process.pid === 102)).toMatchObject({
      role: 'child 0',
      process: { orphan: true, parent: 101 },
    })
  })

  test('is reaped by the launcher', () => {
    const state = stateAfter(child, grandchild, taken, exited(1400, 102), reaped(1401, 102, { by: LAUNCHER }))
    expect(processOf(state, 102).reaped).toEqual({ at: 1401, by: LAUNCHER })
    expect(state.log.entries.at(-1)!.what).toMatchObject({ kind: 'reaped', by: 'launcher' })
  })

  test('that the launcher reaps long after it was forgotten does not come back', () => {
    const state = stateAfter(child, exited(1200, 101), sampled(1300, [], [101]), { type: 'tick', at: 9000 })
    const again = reduce(state, [reaped(9001, 101, { by: LAUNCHER })])
    expect(again.processes.has(101)).toBe(false)
    expect(again.seen).toBe(state.seen)
  })
})

test('children stand in the order of their births, whatever order they are seen in', () => {
  const seen = sampled(1110, [
    sample(103, { born: 1100 }),
    sample(101, { born: 1100 }),
    sample(102, { born: 1100 }),
  ])
  const state = stateAfter(
    seen,
    forked(1100, 101, { index: 0 }),
    forked(1101, 102, { index: 1 }),
    forked(1102, 103, { index: 2 }),
  )
  expect(treeOf(state).map(({ process, role }) => [process.pid, role])).toEqual([
    [SERVER, 'parent'],
    [101, 'child 0'],
    [102, 'child 1'],
    [103, 'child 2'],
  ])
})

test('a fork that failed is told of with its errno, and no process comes of it', () => {
  const state = stateAfter({ type: 'fork-failed', at: 1100, pid: SERVER, errno: 'EAGAIN' })
  expect(state.log.entries.at(-1)!.what).toEqual({ kind: 'fork-failed', pid: SERVER, errno: 'EAGAIN' })
  expect(state.seen).toBe(running.seen)
})

test('CPU share is what was used between two samples', () => {
  const state = stateAfter(
    forked(1100, 101),
    sampled(1250, [sample(101, { born: 1100, cpu: 50 })]),
    sampled(1500, [sample(101, { born: 1100, cpu: 175 })]),
  )
  expect(processOf(state, 101)).toMatchObject({ cpu: 175, cpuShare: 0.5 })
})

test('a stop and a continuing are told of, each once', () => {
  const at = (time: number, state: string) => sampled(time, [sample(101, { born: 1100, state })])
  const state = stateAfter(
    forked(1100, 101),
    at(1250, 'S'),
    at(1500, 'T'),
    at(1750, 'T'),
    at(2000, 'S'),
    at(2250, 'S'),
  )
  expect(kinds(state).filter((kind) => kind === 'stopped' || kind === 'continued')).toEqual([
    'stopped',
    'continued',
  ])
})
