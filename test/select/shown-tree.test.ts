import { expect, test } from 'vitest'
import { shownTree } from '../../src/select/shown-tree.ts'
import type { State } from '../../src/state/state.ts'
import { counted, counter, exited, forked, reaped, SERVER, stateAfter, tick } from '../state/support.ts'

const shown = (state: State) => shownTree(state).map(({ process }) => process.pid)

test('all that live are shown, and all zombies, however old', () => {
  expect(
    shown(stateAfter(forked(1100, 101), forked(1100, 102, { index: 1 }), exited(1200, 102), tick(90_000))),
  ).toEqual([SERVER, 101, 102])
})

test('of children that end as they should only the last three are shown, for a second', () => {
  const ends = [101, 102, 103, 104, 105].flatMap((pid, index) => [
    forked(1100, pid, { index }),
    exited(1200, pid),
    reaped(1201, pid),
  ])
  expect(shown(stateAfter(...ends, tick(2000)))).toEqual([SERVER, 103, 104, 105])
  expect(shown(stateAfter(...ends, tick(2300)))).toEqual([SERVER])
})

test('a child that failed is shown longer, and one that was killed a minute', () => {
  const failed = [forked(1100, 101), exited(1200, 101, 1), reaped(1201, 101, { ending: { code: 1 } })]
  const killed = [forked(1100, 102, { index: 1 }), reaped(1201, 102, { ending: { signal: 'SIGKILL' } })]
  expect(shown(stateAfter(...failed, ...killed, tick(6000)))).toEqual([SERVER, 101, 102])
  expect(shown(stateAfter(...failed, ...killed, tick(7000)))).toEqual([SERVER, 102])
  expect(shown(stateAfter(...failed, ...killed, tick(61_300)))).toEqual([SERVER])
})

test('a child that served somebody stays, and so does the server itself', () => {
  const served = stateAfter(
    forked(1100, 101),
    counted(1150, counter(101, { born: 1110, received: 1 })),
    exited(1200, 101),
    reaped(1201, 101),
    { type: 'server-ended', at: 1300, pid: SERVER, ending: { signal: 'SIGTERM' } },
    tick(50_000),
  )
  expect(shown(served)).toEqual([SERVER, 101])
})
