import { expect, test } from 'vitest'
import { findRun } from '../support/find-run.ts'
import { freePort } from '../support/free-port.ts'
import { type RunningCli, startCli } from '../support/run-cli.ts'
import { reportOf } from '../support/run-json.ts'
import { until } from '../support/until.ts'
import { serverChildren, socketsOf } from './find-processes.ts'

/** The sockets of a child that serves its first client. */
const LISTENER_AND_ONE = 2

const ENDLESS = ['-c', '8', '-t', '100000', '--delay', '20', '--json']

/** A run that is under load: somebody was served already, since his server has another client now. */
async function startLoaded(): Promise<RunningCli> {
  const cli = startCli(['run', 'prefork', ...ENDLESS, '--port', `${await freePort()}`])
  const seen = new Map<number, Set<string>>()
  await until(() => {
    for (const pid of serverChildren(cli.run, 'prefork'))
      seen.set(pid, new Set([...(seen.get(pid) ?? []), ...socketsOf(pid)]))
    return [...seen.values()].some((sockets) => sockets.size > LISTENER_AND_ONE)
  }, 'load')
  return cli
}

test.each([
  ['SIGINT', 130],
  ['SIGTERM', 143],
  ['SIGHUP', 129],
] as const)(
  '%s stops load and server, and what was done is reported, with exit code %i',
  async (signal, exitCode) => {
    const cli = await startLoaded()
    cli.process.kill(signal)
    const finished = await cli.finished
    expect(finished.code).toBe(exitCode)
    const { load, balance, processes } = reportOf(finished)
    expect(load).toMatchObject({ stopped: true, failed: {} })
    expect(load.succeeded).toBeGreaterThan(0)
    expect(balance.connects).toBe(balance.accepts! + balance.queued + balance.refused)
    expect(processes).toHaveLength(11)
  },
)

test('SIGKILL of the program leaves nothing behind', async () => {
  const cli = await startLoaded()
  expect(findRun(cli.run).length).toBeGreaterThan(12)
  cli.process.kill('SIGKILL')
  expect(await cli.finished).toMatchObject({ code: null, stdout: '' })
})

test('two signals are as one, the first', async () => {
  const cli = await startLoaded()
  cli.process.kill('SIGINT')
  cli.process.kill('SIGTERM')
  expect((await cli.finished).code).toBe(130)
})
