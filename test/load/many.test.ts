import { execFileSync } from 'node:child_process'
import { readdirSync, readFileSync } from 'node:fs'
import type { Socket } from 'node:net'
import { afterEach, expect, test } from 'vitest'
import { startLoad } from '../../src/load/start-load.ts'
import { whyTooMany } from '../../src/load/too-many.ts'
import type { LoadEvent } from '../../src/state/event.ts'
import { findRun } from '../support/find-run.ts'
import { runCli } from '../support/run-cli.ts'
import { type Server, startServer } from '../support/start-server.ts'
import { until } from '../support/until.ts'
import { plan, serverThat, startLoading } from './support.ts'

let server: Server | null = null
afterEach(async () => {
  await server?.end()
  server = null
})

const CLIENTS = 10_000
/** Connections that the worker may have open at once, where its descriptors are few. */
const OPEN = 20
const limit = Number(/^Max open files +(\d+)/m.exec(readFileSync('/proc/self/limits', 'latin1'))![1])

/** Its server holds a descriptor for each, too. */
test.skipIf(limit < CLIENTS + 100)('ten thousand clients at once, on epoll', async () => {
  server = await startServer('epoll', { service: 'http', backlog: 10_000, delay: 3000 })
  const events: LoadEvent[] = []
  const all = plan(server.port, { clients: CLIENTS, connections: 1, requests: 2, service: 'http' })
  await startLoad(all, 3000, (event) => events.push(event)).done
  const end = events.at(-1)
  expect(end).toMatchObject({
    type: 'load-ended',
    figures: { connects: CLIENTS, succeeded: CLIENTS, requests: 2 * CLIENTS, retried: 0, failed: {} },
  })
})

test('more clients than there can be connections are refused with the limit, before anything starts', async () => {
  expect(whyTooMany(100, 1000)).toBeNull()
  expect(whyTooMany(10_000, 1024)).toMatch(
    /^10,000 clients need [\d,]+ descriptors in each of \d load processes, and the limit is 1,024: take at most [\d,]+ clients, or raise it \(ulimit -Hn \d+\)\.$/,
  )
})

test('a load of its own says so as its failure', async () => {
  const events: LoadEvent[] = []
  const load = startLoad(plan(1, { clients: 1e9 }), 0, (event) => events.push(event))
  await load.done
  expect(events.map(({ type }) => type)).toEqual(['load-started', 'load-ended'])
  expect(events[1]).toMatchObject({ error: expect.stringMatching(/descriptors/), stopped: false })
})

test('a worker that runs out of descriptors counts those attempts as EMFILE, and the others go on', async () => {
  const waiting: Socket[] = []
  const { port } = await serverThat((socket) => {
    waiting.push(socket)
    // All that can be open are open before any is answered.
    if (waiting.length === OPEN) for (const each of waiting) each.once('data', () => each.end('.'))
    else if (waiting.length > OPEN) socket.once('data', () => socket.end('.'))
  })
  const one = plan(port, { clients: 1, connections: 1, bytes: 1 })
  const { worker, run, ended } = startLoading(one)
  await until(() => waiting.length === 1, 'the first connection')
  const [pid] = findRun(run)
  const before = readdirSync(`/proc/${pid}/fd`).length
  execFileSync('prlimit', [`--pid=${pid}`, `--nofile=${before + OPEN - 1}`])
  worker.follow({
    ...one,
    clients: 60,
    idleTimeout: 30_000,
    silenceLimits: { any: 5000, http: 5000 },
    phase: 0,
    asks: true,
  })
  const figures = await ended
  expect(figures.error).toBeNull()
  const { EMFILE = 0, ...others } = figures.failed
  expect(others).toEqual({})
  expect(EMFILE).toBeGreaterThan(0)
  expect(figures).toMatchObject({ attempts: 60, succeeded: 60 - EMFILE, refused: EMFILE })
})

test.each([
  [['--duration', '1s', '-t', '5'], /^Either --connections or --duration, not both\.$/m],
  [['--path', '/x'], /^--path is for --service http\.$/m],
  [['--requests', '2'], /^--requests is for --service http and echo/m],
  [['--service', 'http', '--path', 'x'], /^--path takes a path that begins with \//m],
  [['--service', 'http', '--header', 'A:1', '--header', 'x'], /^--header takes a line such as/m],
  [['--service', 'http', '--header', 'Content-Length: 3'], /^--header takes no field that says how long/m],
  [['--duration', '0s'], /^--duration takes a time from 10ms/m],
  [['--duration', '10 s'], /^--duration takes a time/m],
])('client %j is refused in a sentence', async (args, sentence) => {
  const { code, stderr } = await runCli('client', ...args)
  expect(stderr).toMatch(sentence)
  expect(code).toBe(2)
})
