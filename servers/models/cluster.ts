/**
 * Cluster: Node's ready-made pool. With `rr` the primary accepts and passes each connection to the next worker over
 * a Unix socket; with `none` the workers share the listener and accept for themselves. Source: node:cluster.
 */
import cluster, { type Worker } from 'node:cluster'
import { once } from 'node:events'
import type { ModelOptions } from '../options.ts'
import { createStreamServer } from '../serve-stream.ts'

export async function clusterPool({
  service,
  host,
  port,
  backlog,
  children,
  schedule,
}: ModelOptions): Promise<void> {
  if (cluster.isWorker) {
    const server = createStreamServer(service)
    server.listen({ host, port, backlog })
    await once(server, 'close')
    return
  }
  cluster.schedulingPolicy = schedule === 'rr' ? cluster.SCHED_RR : cluster.SCHED_NONE
  const signal = signalToEnd()
  for (let i = 0; i < children; i++) cluster.fork()
  await signal
  for (const worker of living()) worker.process.kill('SIGTERM')
  while (living().length > 0) await once(cluster, 'exit')
  process.exit(0)
}

/** Until then the primary stays, even when no worker is left that would keep its event loop going. */
async function signalToEnd(): Promise<void> {
  const stay = setInterval(() => {}, 2 ** 30)
  await new Promise<unknown>((resolve) => {
    process.on('SIGTERM', resolve)
    process.on('SIGINT', resolve)
  })
  clearInterval(stay)
}

function living(): Worker[] {
  return Object.values(cluster.workers ?? {}).filter((worker): worker is Worker => worker?.isDead() === false)
}
