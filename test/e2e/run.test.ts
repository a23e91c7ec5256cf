import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { amount } from '../support/calibration.ts'
import { freePort } from '../support/free-port.ts'
import { python } from '../support/python.ts'
import { root } from '../support/root.ts'
import { runJson } from '../support/run-json.ts'
import { acceptsOfChildren, expectComplete, expectWhoAccepted, parentOf } from './counts.ts'
import { variants } from './variants.ts'

const FEW = ['-c', '15', '-t', '100', '-b', '4096']
/** 30,000 on a quick machine. */
const MANY = 15 * amount(2_000)
const many = ['-c', '15', '-t', `${MANY / 15}`, '-b', '4096']

test.each(variants)('%s: 1,500 connections succeed, and each is accepted once', async (variant) => {
  const report = await runJson(...variant.split(' '), ...FEW, '--port', `${await freePort()}`)
  expectComplete(report, 1500)
  expectWhoAccepted(variant.split(' ')[0]!, report, 1500)
  expect(report.load.bytes).toBe(1500 * 4096)
})

test.each(['iterative', 'prefork', 'prefork --lock flock', 'prefork-fd', 'select', 'fork'])(
  `%s: ${MANY} connections succeed, and each is accepted once`,
  async (variant) => {
    const report = await runJson(...variant.split(' '), ...many, '--port', `${await freePort()}`)
    expectComplete(report, MANY)
    expectWhoAccepted(variant.split(' ')[0]!, report, MANY)
  },
)

test('one client and one connection are enough', async () => {
  const report = await runJson('iterative', '-c', '1', '-t', '1', '-b', '0', '--port', `${await freePort()}`)
  expectComplete(report, 1)
  expect(report.load.bytes).toBe(0)
})

describe('a server of somebody else’s', () => {
  const fixture = (script: string) => join(root, 'test/fixtures', script)
  const observe = async (script: string, ...load: string[]) => {
    const port = `${await freePort()}`
    // Otherwise one connection more finds out what it speaks.
    return runJson(...load, '--service', 'any', '--port', port, '--', python, fixture(script), port)
  }

  test('that preforks', async () => {
    const report = await observe('prefork.py', ...FEW)
    expectComplete(report, 1500)
    expect(acceptsOfChildren(report)).toBe(1500)
    expect(report.processes.map(({ role }) => role)).toEqual([
      'parent',
      ...[0, 1, 2, 3, 4].map((i) => `child ${i}`),
    ])
  })

  test(`that preforks, ${MANY} times`, async () => {
    const report = await observe('prefork.py', ...many)
    expectComplete(report, MANY)
    expect(acceptsOfChildren(report)).toBe(MANY)
  })

  test('that forks for each client', async () => {
    const report = await observe('forking.py', ...FEW)
    expectComplete(report, 1500)
    expect(parentOf(report).accepts).toBe(1500)
  })

  test('whose port is not said is loaded where it listens', async () => {
    const port = `${await freePort()}`
    const report = await runJson(
      ...FEW,
      '--service',
      'any',
      '--',
      'python3',
      fixture('prefork.py'),
      port,
      '2',
    )
    expectComplete(report, 1500)
  })
})

test('passed descriptors are counted by those who receive them', async () => {
  const report = await runJson('prefork-fd', ...FEW, '--port', `${await freePort()}`)
  const children = report.processes.filter(({ role }) => role.startsWith('child'))
  expect(children).toHaveLength(10)
  expect(children.reduce((sum, { received }) => sum + received!, 0)).toBe(1500)
  expect(children.every(({ accepts }) => accepts === 0)).toBe(true)
})
