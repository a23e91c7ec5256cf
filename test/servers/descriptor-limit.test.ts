import { readFileSync } from 'node:fs'
import { createConnection, type Socket } from 'node:net'
import { afterEach, expect, test } from 'vitest'
import type { Options } from '../../src/options/table.ts'
import { ask } from '../support/ask.ts'
import { type Server, startServer } from '../support/start-server.ts'
import { until } from '../support/until.ts'

/** Enough for Node itself, and for fewer clients than come. */
const LIMIT = 64
const CLIENTS = 100
const LIMITED = ['sh', '-c', `ulimit -n ${LIMIT} && exec "$@"`, 'sh']
/** Each try to accept while it waits is one sleep. */
const TRIES = 5

let server: Server
const clients: Socket[] = []
afterEach(async () => {
  for (const client of clients.splice(0)) client.destroy()
  await server.end()
})

/** How often its first thread has gone to sleep. Source: proc_pid_status(5). */
function sleeps(): number {
  const status = readFileSync(`/proc/${server.pid}/status`, 'utf8')
  return Number(/^voluntary_ctxt_switches:\s*(\d+)$/m.exec(status)![1])
}

const models: [string, Partial<Options>][] = [
  ['thread', {}],
  ['select', {}],
  ['select', { ports: 2 }],
  ['poll', {}],
  ['epoll', {}],
  ['epoll', { edge: true }],
]

test.each(models)(
  '%s %o with more clients than descriptors goes on, waits without spinning, and serves the rest later',
  async (model, options) => {
    server = await startServer(model, options, { before: LIMITED })
    for (let i = 0; i < CLIENTS; i++)
      clients.push(createConnection(server.port, '127.0.0.1').on('error', () => {}))
    await until(() => server.errors().includes('clients wait: accept: EMFILE'), 'the limit')
    // A server that spins in poll or accept never sleeps of its own accord.
    const before = sleeps()
    await until(() => sleeps() >= before + TRIES, 'sleep between tries')
    expect(server.errors().match(/clients wait/g)).toHaveLength(1)
    const late = ask(server.port, '10')
    for (const client of clients.splice(0)) client.destroy()
    expect((await late).bytes).toHaveLength(10)
    expect(server.process.exitCode).toBeNull()
  },
)
