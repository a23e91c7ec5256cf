import { afterAll, beforeAll, expect, test } from 'vitest'
import { readListeners } from '../../src/observe/read-listeners.ts'
import { ask } from '../support/ask.ts'
import { type Server, startServer } from '../support/start-server.ts'
import { until } from '../support/until.ts'

let server: Server
beforeAll(async () => {
  server = await startServer('select', { ports: 2, service: 'echo' })
})
afterAll(() => server.end())

test('select --ports 2 serves the clients of both ports at the same time', async () => {
  const ports = [server.port, server.port + 1]
  await until(
    () => ports.every((port) => readListeners().some((listener) => listener.port === port)),
    'both listeners',
  )
  const words = Array.from({ length: 40 }, (_, i) => `word ${i}`)
  const answers = await Promise.all(words.map((word, i) => ask(ports[i % 2]!, word, { halfClose: true })))
  for (const [i, { bytes }] of answers.entries())
    expect(bytes.toString()).toMatch(new RegExp(`^Echo=>word ${i} at `))
})
