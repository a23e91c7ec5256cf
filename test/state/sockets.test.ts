import { expect, test } from 'vitest'
import type { Event } from '../../src/state/event.ts'
import { reduce } from '../../src/state/reduce.ts'
import { initialState } from '../../src/state/state.ts'

const sockets = (at: number, overflows: number, drops: number): Event => ({
  type: 'sockets',
  at,
  states: { established: 3 },
  connections: [],
  timeWait: 7,
  overflows,
  drops,
})
const starting: Event = { type: 'server-starting', at: 9, name: 'x', command: [], host: '', port: 1 }

test('overflows and drops count from the first look at this server', () => {
  const state = reduce(initialState, [sockets(1, 100, 120), sockets(2, 105, 126)])
  expect(state.sockets).toMatchObject({ states: { established: 3 }, timeWait: 7, overflows: 5, drops: 6 })
  expect(reduce(state, [starting]).sockets).toBeNull()
  expect(reduce(state, [starting, sockets(10, 105, 126)]).sockets).toMatchObject({ overflows: 0, drops: 0 })
})
