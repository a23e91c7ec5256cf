import { afterEach, expect, test } from 'vitest'
import type { Options } from '../../../src/options/table.ts'
import { ask, open, receiveAll } from '../../support/ask.ts'
import { type Server, startServer } from '../../support/start-server.ts'

const MUCH = 32 * 1024 * 1024

let server: Server
afterEach(() => server.end())

/** A client that asked for more than all buffers hold, and does not read yet. */
async function slowReader(model: string, given: Partial<Options> = {}) {
  server = await startServer(model, given)
  const slow = await open(server.port, String(MUCH))
  slow.pause()
  const size = async () => {
    slow.resume()
    return (await receiveAll(slow)).bytes.length
  }
  return { size, bytesRead: () => slow.bytesRead }
}

test.each<[string, Partial<Options>]>([
  ['select', {}],
  ['poll', {}],
  ['epoll', {}],
  ['epoll', { edge: true }],
  ['event-loop', {}],
  ['cluster', {}],
  ['fork', {}],
  ['prefork', {}],
  ['prefork', { lock: 'flock' }],
  ['prefork-fd', {}],
  ['prefork-select', {}],
  ['prefork-epoll', {}],
])('with %s %o a slow reader stalls nobody, and gets all in the end', async (model, given) => {
  const slow = await slowReader(model, given)
  for (let i = 0; i < 20; i++) expect((await ask(server.port, '100000')).bytes.length).toBe(100_000)
  expect(await slow.size()).toBe(MUCH)
})

test('with iterative a slow reader keeps all others waiting until it has read', async () => {
  const slow = await slowReader('iterative')
  const others = ask(server.port, '10').then(() => slow.bytesRead())
  const [readBefore] = await Promise.all([others, slow.size()])
  // The last part of an answer waits in buffers; the server is done with it before the client is.
  expect(readBefore).toBeGreaterThan(MUCH / 2)
})
