import { afterEach, describe, expect, test } from 'vitest'
import { listChildren } from '../../src/observe/list-children.ts'
import { readProc } from '../../src/observe/read-proc.ts'
import { ask } from '../support/ask.ts'
import { type Server, startServer } from '../support/start-server.ts'
import { until } from '../support/until.ts'

const WORKERS = 3
let server: Server
afterEach(() => server.end())

/** Keeps the event loop of the primary going, as a program that does more than this would. */
const BUSY = ['env', 'NODE_OPTIONS=--import=data:text/javascript,setInterval(()=>{},1e9)']

/** A cluster that serves, and the pids of its workers. */
async function begin(schedule: 'rr' | 'none', before: string[] = []): Promise<number[]> {
  server = await startServer('cluster', { schedule, children: WORKERS }, { before })
  await until(() => listChildren(server.pid).length === WORKERS, 'all workers')
  await ask(server.port, '10')
  return listChildren(server.pid)
}

async function killAll(workers: number[]): Promise<void> {
  for (const worker of workers) process.kill(worker, 'SIGKILL')
  await until(() => listChildren(server.pid).length === 0, 'an end of all workers')
}

describe.each(['rr', 'none'] as const)(
  'a cluster --schedule %s whose workers were all killed',
  (schedule) => {
    test('stays, as a prefork does', async () => {
      await killAll(await begin(schedule))
      const isAsleep = () => readProc(`/proc/${server.pid}/stat`)?.includes(') S ')
      await until(() => isAsleep() || server.process.exitCode !== null, 'what the primary does next')
      process.kill(server.pid, 'SIGTERM')
      expect(await server.ended).toBe(0)
    })

    test('ends with SIGTERM, whatever else its program does', async () => {
      await killAll(await begin(schedule, BUSY))
      process.kill(server.pid, 'SIGTERM')
      expect(await server.ended).toBe(0)
    })
  },
)

test('SIGTERM to all of a cluster at once ends it', async () => {
  const workers = await begin('rr')
  for (const pid of [...workers, server.pid]) process.kill(pid, 'SIGTERM')
  expect(await server.ended).toBe(0)
})
