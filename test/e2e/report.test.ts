import { join } from 'node:path'
import { expect, test } from 'vitest'
import { violations } from '../report/validate.ts'
import { freePort } from '../support/free-port.ts'
import { python } from '../support/python.ts'
import { root } from '../support/root.ts'
import { runCli } from '../support/run-cli.ts'
import { runJson } from '../support/run-json.ts'
import { sum } from './counts.ts'

const FEW = ['-c', '3', '-t', '20', '-b', '100']

const run = async (...args: string[]) => runJson(...args, ...FEW, '--port', `${await freePort()}`)

test.each([
  'iterative',
  'fork --reap none',
  'prefork',
  'prethread',
  'reuseport',
  'select --ports 2',
  'cluster',
  'prefork --rate 500',
])('the report of %s is as docs/report.schema.json describes it', async (variant) => {
  const report = await run(...variant.split(' '))
  const { code, ...object } = report
  expect(violations(object)).toEqual([])
  expect(code).toBe(0)
})

test('the schema finds what is wrong with a report', async () => {
  const { code, ...report } = await run('iterative')
  expect(violations({ ...report, model: 5 })).toEqual(['report.model: 5 is not string'])
  expect(violations({ ...report, more: 1 })).toEqual(['report.more is not described'])
  expect(violations({ ...report, shares: undefined })).not.toEqual([])
  const { findings, ...rest } = report
  expect(violations(rest)).toEqual(['report.findings is missing'])
})

test('a pool shares the connections, and its children live until the stop', async () => {
  const { children, shares, listeners, exits, balance } = await run('prefork', '--children', '4')
  expect(children).toEqual({ forked: 4, running: 4, zombies: 0, reaped: 0 })
  expect(shares!.fair).toBe(0.25)
  expect(shares!.min).toBeLessThanOrEqual(0.25)
  expect(shares!.max).toBeGreaterThanOrEqual(0.25)
  expect(listeners).toEqual([
    { address: expect.stringMatching(/^127\.0\.0\.1:\d+$/), accepts: 60, queued: 0, backlog: 128 },
  ])
  expect(sum(exits.map(({ count }) => count))).toBe(5)
  expect(balance).toEqual({ connects: 60, accepts: 60, queued: 0, refused: 0, discarded: null })
})

test('children that nobody reaps are zombies when the server is told to stop', async () => {
  const { children, zombies, exits, shares, code } = await run('fork', '--reap', 'none')
  expect(children).toEqual({ forked: 60, running: 0, zombies: 60, reaped: 0 })
  expect(zombies.leftAtStop).toBe(60)
  expect(sum(exits.map(({ count }) => count))).toBe(61)
  expect(shares).toBe(null) // the parent alone accepts
  expect(code).toBe(0) // they are meant
})

test('threads that share the connections have shares, too', async () => {
  // Each is busy for a while, so that the others have a turn.
  const { shares, threads } = await run('prethread', '--children', '3', '--delay', '20')
  const accepts = threads.map((thread) => thread.accepts)
  expect(sum(accepts)).toBe(60)
  expect(shares!.max).toBeCloseTo(Math.max(...accepts) / 60)
})

test('listeners that processes have each for themselves are counted apart', async () => {
  // Who holds a listener is looked up about once a second.
  const { listeners } = await run('reuseport', '--children', '3', '--rate', '20')
  expect(listeners).toHaveLength(3)
  expect(sum(listeners.map(({ accepts }) => accepts))).toBe(60)
})

test('what cannot be seen is null: a load that failed has no latency, and output is what went to standard error', async () => {
  const script = [
    'import socket, sys, time',
    'print("on standard output", flush=True)',
    'print("on standard error", file=sys.stderr, flush=True)',
    's = socket.create_server(("127.0.0.1", int(sys.argv[1])))',
    'while True: s.accept()[0].close()',
  ].join('\n')
  const { code, ...report } = await runJson('-c', '1', '-t', '3', '--', python, '-c', script, '{port}')
  expect(violations(report)).toEqual([])
  expect(report.output).toEqual(['on standard error'])
  expect(report.load.latency).toBe(null)
  expect(report.load.service).toBe(null)
  expect(report.findings).toBe(null)
})

test('client --json prints the object load', async () => {
  const { stdout, code } = await runCli('client', '--json', '-c', '2', '-t', '5', '-p', `${await freePort()}`)
  const load = JSON.parse(stdout)
  expect(violations(load, 'load')).toEqual([])
  expect(load).toMatchObject({ connections: 10, succeeded: 0, failed: { ECONNREFUSED: 10 }, latency: null })
  expect(code).toBe(1)
})

test('a server of somebody else’s is reported like a model', async () => {
  const fixture = join(root, 'test/fixtures/prefork.py')
  const { code, ...report } = await runJson(...FEW, '--', python, fixture, '{port}')
  expect(violations(report)).toEqual([])
  expect(report.options).toMatchObject({ host: '127.0.0.1', port: expect.any(Number), clients: 3 })
  expect(report.options).toMatchObject({ command: [python, fixture, String(report.options.port)] })
  expect(report.options).not.toHaveProperty('children')
  expect(code).toBe(0)
})
