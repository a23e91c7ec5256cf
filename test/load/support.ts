import { randomUUID } from 'node:crypto'
import { once } from 'node:events'
import { type AddressInfo, createServer, type Server, type Socket } from 'node:net'
import { afterEach, expect } from 'vitest'
import { startWorker, type Worker } from '../../src/load/start-worker.ts'
import { sumFigures } from '../../src/load/sum-figures.ts'
import type { LoadFigures, LoadPlan } from '../../src/state/event.ts'
import { RUN } from '../../src/supervise/find-run.ts'
import { findRun } from '../support/find-run.ts'

const servers: { server: Server; sockets: Set<Socket> }[] = []

/** A server that does this with each client. Returns its port, and how many clients it has had. */
export async function serverThat(serve: (socket: Socket) => void) {
  const sockets = new Set<Socket>()
  let accepted = 0
  const server = createServer({ noDelay: true, allowHalfOpen: true }, (socket) => {
    accepted++
    sockets.add(socket.on('error', () => {}).on('close', () => sockets.delete(socket)))
    serve(socket)
  }).listen(0, '127.0.0.1')
  servers.push({ server, sockets })
  await once(server, 'listening')
  return { port: (server.address() as AddressInfo).port, accepted: () => accepted, open: () => sockets.size }
}

/** What the bytes service does: the server answers what it is asked for, give or take. */
export function answer(socket: Socket, { tooMany = 0 } = {}): void {
  socket.once('data', (request) => socket.end(Buffer.alloc(Number(request) + tooMany)))
}

const runs: string[] = []

afterEach(() => {
  // A test that failed may have left its worker stopped.
  for (const pid of runs.splice(0).flatMap(findRun)) process.kill(pid, 'SIGKILL')
  for (const { server, sockets } of servers.splice(0)) {
    server.close()
    for (const socket of sockets) socket.destroy()
  }
})

export const plan = (port: number, given: Partial<LoadPlan> = {}): LoadPlan => ({
  host: '127.0.0.1',
  port,
  unix: null,
  clients: 3,
  connections: 20,
  duration: null,
  requests: 1,
  bytes: 4096,
  service: 'bytes',
  http: { path: '/', method: 'GET', headers: [], body: '' },
  rate: 0,
  think: 0,
  ...given,
})

export type Loading = {
  worker: Worker
  /** What the worker bears in its environment. */
  run: string
  ended: Promise<LoadFigures & { stopped: boolean; error: string | null }>
}

/** Starts one worker with all of the load. Its figures, when it has ended. */
export function startLoading(loadPlan: LoadPlan, idleTimeout = 30_000): Loading {
  const run = randomUUID()
  runs.push(run)
  process.env[RUN] = run
  const part = { idleTimeout, silenceLimits: { any: 5000, http: 5000 }, phase: 0, asks: true }
  const worker = startWorker({ ...loadPlan, ...part }, null, () => {
    if (worker.isDone()) worker.finish()
  })
  delete process.env[RUN]
  const ended = worker.ended.then((error) => {
    expect(findRun(run), 'workers left behind').toEqual([])
    const result = {
      ...sumFigures([worker], loadPlan.rate > 0),
      stopped: worker.report()?.stopped ?? false,
      error,
    }
    worker.close()
    return result
  })
  return { worker, run, ended }
}

export const load = (loadPlan: LoadPlan, idleTimeout?: number) => startLoading(loadPlan, idleTimeout).ended
