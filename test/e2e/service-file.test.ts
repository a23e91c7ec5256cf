import { rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { temporaryFolder } from '../support/compile.ts'
import { freePort } from '../support/free-port.ts'
import { root } from '../support/root.ts'
import { runCli } from '../support/run-cli.ts'
import { runJson } from '../support/run-json.ts'
import { expectComplete, sum } from './counts.ts'

const folder = temporaryFolder()
const flags = join(folder, 'flag')
beforeEach(() => void vi.stubEnv('FLAG', flags))
afterEach(() => void vi.unstubAllEnvs())

const run = async (model: string) => {
  const service = join(root, 'test/fixtures/throwing-service.ts')
  return runJson(model, '--service', service, '-c', '4', '-t', '10', '--port', `${await freePort()}`)
}

test('a service of your own is loaded like any other', async () => {
  const report = await run('prefork')
  expectComplete(report, 40)
  expect(report.load.bytes).toBe(40 * '4096\n'.length)
})

test('with one that throws every connection fails and is counted, and the server goes on to the end', async () => {
  writeFileSync(`${flags}.begin`, '')
  try {
    const { load, processes, balance, code } = await run('poll')
    expect([load.succeeded, sum(Object.values(load.failed))]).toEqual([0, 40])
    expect(processes).toMatchObject([{ accepts: 40, exit: 'ended by SIGTERM' }])
    expect(balance).toEqual({ connects: 40, accepts: 40, queued: 0, refused: 0, discarded: null })
    expect(code).toBe(1)
  } finally {
    rmSync(`${flags}.begin`)
  }
})

test.each([
  ['without handle', 'export const handler = 1', /^The service exports no function called handle\.\n$/],
  [
    'async',
    'export async function handle() {}',
    /^The handle of the service is async: write function\* .*\n$/,
  ],
  ['an async generator', 'export async function* handle() {}', /^The handle of the service is async: .*\n$/],
])('a service that no model can run is refused in a sentence: %s', async (_, code, sentence) => {
  const service = join(folder, 'service.ts')
  writeFileSync(service, code)
  const args = ['--service', service, '--port', `${await freePort()}`]
  expect(await runCli('run', 'event-loop', ...args)).toMatchObject({
    code: 1,
    stdout: '',
    stderr: expect.stringMatching(sentence),
  })
})
