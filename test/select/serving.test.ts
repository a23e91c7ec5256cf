import { expect, test } from 'vitest'
import { competitors } from '../../src/select/serving.ts'
import { treeOf } from '../../src/select/tree.ts'
import type { Event } from '../../src/state/event.ts'
import { counted, counter, forked, SERVER, sample, sampled, stateAfter } from '../state/support.ts'

const listening = (...pids: number[]): Event => ({
  type: 'listening',
  at: 1300,
  listeners: [{ inode: '1', address: '127.0.0.1', port: 2000, queued: 0, backlog: 128, pids }],
})

/** Two workers, and a helper of the same parent. */
const family = [forked(1100, 101), forked(1110, 102, { index: 1 }), forked(1120, 103, { index: 2 })]

test('who does not hold the listener does not compete for its connections', () => {
  const state = stateAfter(
    ...family,
    listening(SERVER, 101, 102),
    counted(1400, counter(101, { born: 1110, accepts: 10 })),
  )
  expect(competitors(treeOf(state), state).map(({ id }) => id)).toEqual([101, 102])
})

test('where connections are passed on, who waits for the next one competes without a listener', () => {
  const state = stateAfter(
    ...family,
    listening(SERVER),
    counted(1400, counter(SERVER, { accepts: 10, passed: 10 }), counter(101, { born: 1110, received: 10 })),
  )
  expect(competitors(treeOf(state), state).map(({ id }) => id)).toEqual([101, 102, 103])
})

test('a helper thread that waits for something else got nothing, and is nobody to compare with', () => {
  const thread = (tid: number, waitsIn: string) => ({ tid, name: 'worker', state: 'S', waitsIn, cpu: 0 })
  const threadList = [thread(201, 'accept'), thread(202, 'accept'), thread(203, 'futex')]
  const state = stateAfter(
    sampled(1200, [sample(SERVER, { parent: 99, threads: 4, threadList })]),
    listening(SERVER),
    counted(1400, counter(SERVER, { tid: 201, accepts: 10 })),
  )
  const rows = treeOf(state, { process: () => true, threads: (process) => process.threadList })
  expect(competitors(rows, state).map(({ id }) => id)).toEqual([201, 202])
})
