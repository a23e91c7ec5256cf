import { expect, test } from 'vitest'
import { limit } from '../support/calibration.ts'
import { freePort } from '../support/free-port.ts'
import { type RunningCli, startCli } from '../support/run-cli.ts'
import { reportOf } from '../support/run-json.ts'
import { until } from '../support/until.ts'
import { sum } from './counts.ts'
import { isSleeping, processState, serverChildren, serverPid, socketCount } from './find-processes.ts'

const CHILDREN = 10
const CONNECTIONS = 300
/** The server must still be at work when we have found out who is. */
const delay = Math.ceil(limit(30))
const LOAD = ['-c', '15', '-t', '20', '-b', '4096', '--delay', `${delay}`, '--json']

const start = async (model: string) => startCli(['run', model, ...LOAD, '--port', `${await freePort()}`])

/** Kills a child while it serves somebody: it sleeps, and holds one socket more than an idle one. Returns its pid. */
async function killBusyChild(cli: RunningCli, model: string, idleSockets: number): Promise<number> {
  const children = await until(() => {
    const found = serverChildren(cli.run, model)
    return found.length === CHILDREN && found
  }, 'ten children')
  return until(() => {
    const pid = children.find((child) => isSleeping(child) && socketCount(child) > idleSockets)
    if (!pid) return null
    // Stopped first, so that it cannot be done with its client before the kill.
    process.kill(pid, 'SIGSTOP')
    while (processState(pid) !== 'T');
    const isBusy = socketCount(pid) > idleSockets
    process.kill(pid, isBusy ? 'SIGKILL' : 'SIGCONT')
    return isBusy && pid
  }, 'a busy child')
}

test('prefork: a child killed under load takes its one client with it, and the others go on', async () => {
  const cli = await start('prefork')
  const killed = await killBusyChild(cli, 'prefork', 1)
  const finished = await cli.finished
  const { load, processes, balance, zombies } = reportOf(finished)
  expect(load.failed).toEqual({ [Object.keys(load.failed)[0]!]: 1 })
  expect(['ECONNRESET', 'SHORT']).toContain(Object.keys(load.failed)[0])
  expect(load.succeeded).toBe(CONNECTIONS - 1)
  expect(processes.find(({ pid }) => pid === killed)).toMatchObject({ exit: 'ended by SIGKILL' })
  expect(processes.filter(({ exit }) => exit === 'ended by SIGKILL')).toHaveLength(1)
  expect(sum(processes.map(({ accepts }) => accepts))).toBe(CONNECTIONS)
  expect(balance).toMatchObject({ connects: CONNECTIONS, accepts: CONNECTIONS })
  expect(zombies).toMatchObject({ peak: 1, leftAtStop: 1 })
  expect(finished.code).toBe(1)
})

test('prefork-fd: a child killed under load is replaced, and the server goes on', async () => {
  const cli = await start('prefork-fd')
  const killed = await killBusyChild(cli, 'prefork-fd', 1)
  const successor = await until(() => {
    const children = serverChildren(cli.run, 'prefork-fd')
    return children.length === CHILDREN && !children.includes(killed) && Math.max(...children)
  }, 'a successor')
  const finished = await cli.finished
  const { load, processes, balance } = reportOf(finished)
  expect(Object.values(load.failed)).toEqual([1])
  expect(load.succeeded).toBe(CONNECTIONS - 1)
  expect(processes.find(({ pid }) => pid === killed)).toMatchObject({ exit: 'ended by SIGKILL' })
  expect(processes.find(({ pid }) => pid === successor)!.received).toBeGreaterThan(0)
  expect(processes.filter(({ role }) => role.startsWith('child'))).toHaveLength(CHILDREN + 1)
  expect(sum(processes.map(({ received }) => received))).toBe(CONNECTIONS)
  expect(balance).toMatchObject({ connects: CONNECTIONS, accepts: CONNECTIONS })
})

test('a server that crashes under load is told, with what failed', async () => {
  const cli = await start('iterative')
  const server = await until(() => serverPid(cli.run, 'iterative'), 'the server')
  await until(() => isSleeping(server) && socketCount(server) > 1, 'a client')
  process.kill(server, 'SIGSEGV')
  const finished = await cli.finished
  const { load, processes } = reportOf(finished)
  expect(load.succeeded + sum(Object.values(load.failed))).toBe(CONNECTIONS)
  expect(load.failed.ECONNREFUSED).toBeGreaterThan(0)
  expect(processes[0]!.exit).toMatch(/^ended by SIGSEGV/)
  expect(finished.code).toBe(1)
})
