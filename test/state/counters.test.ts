import { expect, test } from 'vitest'
import { reduce } from '../../src/state/reduce.ts'
import {
  counted,
  counter,
  exited,
  forked,
  processOf,
  reaped,
  SERVER,
  stateAfter,
  stateAfterEach,
} from './support.ts'

test('a process has done what its threads did together', () => {
  const state = stateAfter(
    forked(1100, 101),
    counted(
      1200,
      counter(101, { tid: 101, born: 1101, accepts: 3, wakeups: 5, eagain: 2 }),
      counter(101, { tid: 102, born: 1102, accepts: 4, received: 1, passed: 6 }),
    ),
  )
  expect(processOf(state, 101).counts).toMatchObject({
    accepts: 7,
    received: 1,
    passed: 6,
    wakeups: 5,
    eagain: 2,
  })
})

test('what was counted between readings adds up', () => {
  const state = stateAfterEach(
    counted(1200, counter(SERVER, { accepts: 10 })),
    counted(1300, counter(SERVER, { accepts: 0 })),
    counted(1400, counter(SERVER, { accepts: 15 })),
  )
  expect(processOf(state, SERVER).counts.accepts).toBe(25)
})

test('what a process counted before it was known is not lost', () => {
  const state = stateAfter(counted(1200, counter(555, { born: 1150, accepts: 9 })))
  expect(state.processes.has(555)).toBe(false)
  expect(state.totals.accepts).toBe(9)
})

test('the shared place of all threads beyond the last is counted, once', () => {
  const state = stateAfterEach(
    counted(1200, counter(0, { tid: 0, born: 0, accepts: 100 }), counter(SERVER, { accepts: 1 })),
    counted(1300, counter(0, { tid: 0, born: 0, accepts: 50 })),
  )
  expect(state.totals.accepts).toBe(151)
})

test('the sum is exact over processes that live, ended and departed, and over pids used twice', () => {
  let state = stateAfter()
  let expected = 0
  for (let i = 0; i < 1500; i++) {
    // Seven pids only, each used again every seven forks.
    const pid = 101 + (i % 7)
    const at = 2000 + 50 * i
    state = reduce(state, [
      forked(at, pid, { index: i }),
      counted(at + 10, counter(pid, { born: at + 1, accepts: i % 5, wakeups: 1 })),
      exited(at + 20, pid),
      counted(at + 30, counter(pid, { born: at + 1, accepts: 1, wakeups: 1 })),
      reaped(at + 40, pid),
    ])
    expected += (i % 5) + 1
  }
  expect(state.totals).toMatchObject({ accepts: expected, wakeups: 3_000 })
  expect(state.departed.processes + state.processes.size).toBe(state.seen)
})

test('accepts are told of as one burst, with the pids that accepted', () => {
  const state = stateAfterEach(
    counted(1200, counter(101, { accepts: 2 }), counter(102, { accepts: 3 })),
    counted(1300, counter(101, { accepts: 2 }), counter(103, { accepts: 0, eagain: 5 })),
  )
  expect(state.log.entries.at(-1)).toMatchObject({ count: 7, what: { kind: 'accepted', pids: [101, 102] } })
})
