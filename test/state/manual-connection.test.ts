import { expect, test } from 'vitest'
import { balanceOf } from '../../src/select/balance.ts'
import type { ManualConnectionEvent } from '../../src/state/event.ts'
import { reduce } from '../../src/state/reduce.ts'
import { initialState } from '../../src/state/state.ts'

const local = { address: '127.0.0.1', port: 40_000 }
const peer = { address: '127.0.0.1', port: 2000 }
const opened = (id: number, at = 1): ManualConnectionEvent => ({ type: 'manual-opened', at, id, local, peer })
const connectionsAfter = (...events: ManualConnectionEvent[]) =>
  reduce(initialState, events).manualConnections

test('the first bytes after a message are its reply, timed from the message', () => {
  const [connection] = connectionsAfter(
    opened(1),
    { type: 'manual-sent', at: 10, id: 1, bytes: 5, text: 'hello' },
    { type: 'manual-received', at: 13, id: 1, bytes: 6, text: 'Echo=>' },
    { type: 'manual-received', at: 20, id: 1, bytes: 5, text: 'hello' },
  )
  expect(connection).toMatchObject({
    sent: 5,
    received: 11,
    lastSent: 'hello',
    reply: { text: 'Echo=>', after: 3 },
  })
})

test('what is seen of both ends is kept, and the server’s end goes with the connection', () => {
  const server = { state: 'established', receiveQueue: 0, sendQueue: 9, isHeld: true, pids: [7] } as const
  const seen: ManualConnectionEvent = {
    type: 'manual-sampled',
    at: 2,
    seen: [{ id: 1, state: 'established', server: { ...server, pids: [7] } }],
  }
  expect(connectionsAfter(opened(1), opened(2), seen)).toMatchObject([
    { id: 1, state: 'established', server },
    { id: 2, state: null, server: null },
  ])
  expect(
    connectionsAfter(opened(1), seen, { type: 'manual-closed', at: 3, id: 1, how: 'aborted' }),
  ).toMatchObject([{ ended: { at: 3, how: 'aborted' }, server: null }])
})

test('of those that ended the last five stay listed, and all that are open', () => {
  const events = Array.from({ length: 9 }, (_, i): ManualConnectionEvent[] => [
    opened(i + 1, i),
    ...(i < 8 ? [{ type: 'manual-closed', at: i, id: i + 1, how: 'closed' } as const] : []),
  ])
  expect(connectionsAfter(...events.flat()).map(({ id }) => id)).toEqual([4, 5, 6, 7, 8, 9])
})

test('connections by hand are on the clients’ side of the balance', () => {
  const state = reduce(initialState, [
    opened(1),
    opened(2),
    { type: 'manual-closed', at: 5, id: 1, how: 'closed' },
  ])
  expect(balanceOf(state)).toMatchObject({ connects: 2, accepts: 0, missing: 2 })
})
