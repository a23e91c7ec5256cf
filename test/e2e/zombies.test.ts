import { expect, test } from 'vitest'
import { freePort } from '../support/free-port.ts'
import { runJson } from '../support/run-json.ts'
import { expectComplete, parentOf } from './counts.ts'

const fork = async (reap: string, clients: number, connections: number) =>
  runJson('fork', '--reap', reap, '-c', `${clients}`, '-t', `${connections}`, '--port', `${await freePort()}`)

test('forty children that nobody reaps are forty zombies, until the server is stopped', async () => {
  const report = await fork('none', 4, 10)
  expectComplete(report, 40)
  expect(report.zombies).toMatchObject({ peak: 40, leftAtStop: 40 })
  expect(report.zombies.longestMs).toBeGreaterThan(0)
  expect(
    report.processes.filter(({ role, exit }) => role.startsWith('child') && exit === 'exit code 0'),
  ).toHaveLength(40)
})

test('with SIGCHLD ignored there is never a zombie', async () => {
  const report = await fork('ignore', 15, 60)
  expectComplete(report, 900)
  expect(report.zombies).toEqual({ peak: 0, longestMs: 0, leftAtStop: 0 })
  expect(report.signals.some(({ name }) => name === 'SIGCHLD')).toBe(false)
})

test('with a SIGCHLD handler every end is signalled, and every child reaped, in fewer handler runs', async () => {
  const report = await fork('sigchld', 15, 100)
  expectComplete(report, 1500)
  const chld = report.signals.filter(({ name }) => name === 'SIGCHLD')
  expect(chld).toMatchObject([{ from: 'kernel', to: parentOf(report).pid, count: 1500 }])
  expect(chld[0]!.handlerRuns).toBeGreaterThan(0)
  expect(chld[0]!.handlerRuns).toBeLessThanOrEqual(1500)
  expect(report.zombies.leftAtStop).toBe(0)
  expect(report.zombies.peak).toBeGreaterThan(0)
})

test('reaping after each accept leaves the last ones until somebody connects again', async () => {
  const report = await fork('accept', 4, 50)
  expectComplete(report, 200)
  expect(report.zombies.peak).toBeGreaterThan(0)
  expect(report.zombies.peak).toBeLessThan(200)
  expect(report.zombies.leftAtStop).toBeGreaterThan(0)
})

test('a server that forks nobody has no zombies', async () => {
  const report = await runJson('iterative', '-c', '2', '-t', '10', '--port', `${await freePort()}`)
  expect(report.zombies).toEqual({ peak: 0, longestMs: 0, leftAtStop: 0 })
})

test('children that end at the stop are no zombies that anybody saw', async () => {
  const report = await runJson('prefork', '-c', '2', '-t', '10', '--port', `${await freePort()}`)
  expect(report.zombies).toEqual({ peak: 0, longestMs: 0, leftAtStop: 0 })
})
