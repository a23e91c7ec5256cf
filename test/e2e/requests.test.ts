import { describe, expect, test } from 'vitest'
import { freePort } from '../support/free-port.ts'
import { type Report, runJson } from '../support/run-json.ts'
import { variants } from './variants.ts'

const LOAD = ['--clients', '5', '--connections', '20', '--requests', '10']
const REQUESTS = 5 * 20 * 10

const sum = (numbers: (number | null)[]) => numbers.reduce<number>((all, n) => all + (n ?? 0), 0)
const counted = ({ processes, departed }: Report) =>
  sum(processes.map(({ requests }) => requests)) + departed.requests

describe.each(variants)('%s', (variant) => {
  // Its threads run no JavaScript.
  const services = variant === 'thread' ? ['echo'] : ['http', 'echo']
  test.each(services)(
    'the server counts as many requests as its clients, with the service %s',
    async (service) => {
      const port = `${await freePort()}`
      const report = await runJson(...variant.split(' '), '--service', service, ...LOAD, '--port', port)
      expect(report.load).toMatchObject({ requests: REQUESTS, failed: {} })
      expect(counted(report)).toBe(REQUESTS)
      expect(report.probe.unfollowed).toBe(0)
    },
  )
})

test('a pool of two that takes 50 ms for each of ten clients lets them wait for four others in the queue', async () => {
  const port = `${await freePort()}`
  const load = ['--clients', '10', '--connections', '6']
  const report = await runJson('prefork', '--children', '2', '--delay', '50', ...load, '--port', port)
  const { queued, served, connect, latency } = report.load
  expect(queued!.p50 / served!.p50).toBeGreaterThan(3.5)
  expect(queued!.p50 / served!.p50).toBeLessThan(4.5)
  // Buckets are up to 3 % wide.
  expect((connect!.p50 + queued!.p50 + served!.p50) / latency!.p50).toBeCloseTo(1, 1)
  for (const { role, busy } of report.processes) {
    if (role === 'parent') expect(busy).toBeNull()
    else expect(busy).toBeGreaterThan(0.9)
  }
})

test('who forks for each client lets nobody wait in the queue for long', async () => {
  const port = `${await freePort()}`
  const report = await runJson(
    'fork',
    '--delay',
    '50',
    '--clients',
    '5',
    '--connections',
    '4',
    '--port',
    port,
  )
  expect(report.load.queued!.p50).toBeLessThan(report.load.served!.p50 / 2)
})
