import { join } from 'node:path'
import { expect, test } from 'vitest'
import { readProc } from '../../src/observe/read-proc.ts'
import { violations } from '../report/validate.ts'
import { findRun } from '../support/find-run.ts'
import { freePort } from '../support/free-port.ts'
import { needs } from '../support/needs.ts'
import { python } from '../support/python.ts'
import { root } from '../support/root.ts'
import { expectNothingLeft, runCli, startCli } from '../support/run-cli.ts'
import { reportOf, runJson } from '../support/run-json.ts'
import { until } from '../support/until.ts'

const fixture = join(root, 'test/fixtures/generator.py')
const generator = (...args: (string | number)[]) => [python, fixture, '{host}', '{port}', ...args].join(' ')

test.each(['iterative', 'fork', 'prefork', 'select', 'epoll'])(
  '%s: what a generator of somebody’s connects is counted exactly, and its last lines are reported',
  async (model) => {
    const port = await freePort()
    const { code, load, balance, ...report } = await runJson(
      ...[model, '--port', `${port}`, '--load', generator(1000, 300)],
    )
    expect(code).toBe(0)
    expect(load).toMatchObject({
      connections: null,
      succeeded: null,
      failed: null,
      requests: null,
      bytes: null,
    })
    expect(load).toMatchObject({ seconds: null, rate: null, latency: null, stopped: false, error: null })
    expect(load.generator).toEqual({
      command: [python, fixture, '127.0.0.1', `${port}`, '1000', '300'],
      exit: 'exit code 0',
      lines: [`load on 127.0.0.1:${port}`, 'first connection', '300 connections'],
    })
    expect(balance).toMatchObject({ connects: 0, accepts: 300, queued: 0, refused: 0 })
    expect(report.options).not.toHaveProperty('clients')
    expect(violations(load, 'load')).toEqual([])
  },
)

test('a generator that fails is a failure, and what it said is told', async () => {
  const { code, stdout } = await runCli(
    ...['run', 'iterative', '--port', `${await freePort()}`, '--load', `sh -c 'echo no luck >&2; exit 3'`],
  )
  expect(code).toBe(1)
  expect(stdout).toMatch(
    /^ {2}no luck\nexit code 3 after \d+\.\d\d s; requests and latencies: see its own output$/m,
  )
})

test('a generator that is not there is a failure, and what to do is told', async () => {
  const { code, stdout } = await runCli(
    ...['run', 'iterative', '--port', `${await freePort()}`, '--load', 'no-such-generator {port}'],
  )
  expect(code).toBe(1)
  expect(stdout).toContain('the load failed: no-such-generator: command not found: check the spelling')
})

/** Its launcher has its command line behind its own. */
function isGenerator(pid: number): boolean {
  return readProc(`/proc/${pid}/cmdline`)?.startsWith(`${python}\0${fixture}`) === true
}

test.each([
  [`wrk 'x`, 'quotes are closed'],
  ['wrk x | tail', 'what needs a shell is said to one'],
])('%s is refused before anything starts', async (text, why) => {
  const { code, stderr, stdout } = await runCli('run', 'iterative', '--load', text)
  expect([code, stdout]).toEqual([2, ''])
  expect(stderr).toContain(why)
})

test('a generator of a server that ends is ended, and the run has failed', async () => {
  const port = await freePort()
  const server =
    'import socket, sys\ns = socket.create_server(("127.0.0.1", int(sys.argv[1])))\nfor i in range(3):\n  c, _ = s.accept()\n  c.close()'
  const report = await runJson(
    ...[
      '--port',
      `${port}`,
      '--load',
      'sh -c "for i in 1 2 3; do nc -N {host} {port} </dev/null; done; exec sleep 600"',
    ],
    ...['--', python, '-c', server, `${port}`],
  )
  expect(report.code).toBe(1)
  expect(report.load.stopped).toBe(true)
  expect(report.balance.accepts).toBe(3)
})

test.each(['SIGINT', 'SIGTERM', 'SIGKILL'] as const)(
  'nothing is left of a generator after %s',
  async (signal) => {
    const cli = startCli(
      ...[['run', 'prefork', '--json', '--port', `${await freePort()}`, '--load', generator(10)]],
    )
    await until(() => findRun(cli.run).some(isGenerator), 'the generator')
    cli.process.kill(signal)
    const finished = await cli.finished
    await expectNothingLeft(cli.run)
    if (signal === 'SIGKILL') return
    expect(finished.code).toBe(signal === 'SIGINT' ? 130 : 143)
    const { load } = reportOf(finished)
    expect(load.stopped).toBe(true)
  },
)

test('wrk loads a server that speaks HTTP, and no connection of it is missed', async ({ skip }) => {
  needs('wrk', 'wrk', skip)
  const report = await runJson(
    ...['prefork', '--service', 'http', '--port', `${await freePort()}`],
    ...['--load', "wrk -t 1 -c 5 -d 1 'http://{host}:{port}/bytes/100?a=1&b=2'"],
  )
  const told = report.load.generator as unknown as { lines: string[] }
  expect(report.code).toBe(0)
  expect(told.lines.join('\n')).toMatch(/Requests\/sec: +\d/)
  // It makes one more to see whether anybody is there.
  expect(report.balance.accepts).toBe(6)
})

test('ab loads a server that speaks HTTP, and sums up', async ({ skip }) => {
  needs('ab', 'apache2-utils', skip)
  const report = await runJson(
    ...['fork', '--service', 'http', '--port', `${await freePort()}`],
    ...['--load', 'ab -q -n 300 -c 7 http://{host}:{port}/bytes/100'],
  )
  const told = report.load.generator as unknown as { lines: string[] }
  expect(report.code).toBe(0)
  expect(told.lines).toContain('Complete requests:      300')
  // It makes some connections more than it tells of, at most one for each client.
  expect(report.balance.accepts).toBeGreaterThanOrEqual(300)
  expect(report.balance.accepts).toBeLessThanOrEqual(307)
})
