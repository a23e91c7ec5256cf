import { setTimeout as sleep } from 'node:timers/promises'
import { expect, test } from 'vitest'
import { findRun } from '../../src/supervise/find-run.ts'
import { freePort } from '../support/free-port.ts'
import { type RunningCli, startCli } from '../support/run-cli.ts'
import { reportOf } from '../support/run-json.ts'
import { until } from '../support/until.ts'
import { serverChildren, socketCount } from './find-processes.ts'

const ENDLESS = ['-c', '8', '-t', '100000', '--delay', '20', '--json']

/** A run that is under load. */
async function startLoaded(): Promise<RunningCli> {
  const cli = startCli(['run', 'prefork', ...ENDLESS, '--port', `${await freePort()}`])
  await until(() => serverChildren(cli.run, 'prefork').some((pid) => socketCount(pid) > 1), 'load')
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
    // Something is to be reported.
    await sleep(300)
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
