/**
 * Cluster: Node's ready-made pool. With `rr` the primary accepts and passes each connection to the next worker over
 * a Unix socket; with `none` the workers share the listener and accept for themselves. Source: node:cluster.
 */
import cluster from 'node:cluster'
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
  const end = () => {
    for (const worker of Object.values(cluster.workers ?? {})) worker?.process.kill('SIGTERM')
    cluster.on('exit', () => {
      if (Object.keys(cluster.workers ?? {}).length === 0) process.exit(0)
    })
  }
  process.on('SIGTERM', end)
  process.on('SIGINT', end)
  for (let i = 0; i < children; i++) cluster.fork()
  await new Promise(() => {}) // until a signal ends it
}
