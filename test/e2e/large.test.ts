import { expect, test } from 'vitest'
import { models } from '../../servers/catalog.ts'
import { freePort } from '../support/free-port.ts'
import { runJson } from '../support/run-json.ts'
import { expectComplete, expectWhoAccepted } from './counts.ts'
import { variants } from './variants.ts'

const FORTY = ['-c', '4', '-t', '10', '-b', '1048576']
const REPLY = 'Echo=>Hello network world at Fri Nov 20 09:05:03 2026'

const run = async (variant: string, ...more: string[]) =>
  runJson(...variant.split(' '), ...FORTY, ...more, '--port', `${await freePort()}`)

/** How children are reaped has nothing to do with the size of an answer. */
const withoutReap = variants.filter((variant) => !variant.includes('--reap'))

test.each(withoutReap)('%s: forty answers of 1 MiB come whole, each accepted once', async (variant) => {
  const report = await run(variant)
  expectComplete(report, 40)
  expectWhoAccepted(variant.split(' ')[0]!, report, 40)
  expect(report.load.bytes).toBe(40 * 1_048_576)
})

test.each(models.map(({ name }) => name))(
  '%s: forty echoes come whole, each accepted once',
  async (model) => {
    const report = await run(model, '--service', 'echo')
    expectComplete(report, 40)
    expectWhoAccepted(model, report, 40)
    expect(report.load.bytes).toBe(40 * REPLY.length)
  },
)
