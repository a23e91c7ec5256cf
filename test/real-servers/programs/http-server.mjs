// An HTTP server: PORT alone, or PORT rr|none as a cluster of three workers.
import cluster from 'node:cluster'
import { createServer } from 'node:http'

const [port, policy] = process.argv.slice(2)

if (policy !== 'alone' && cluster.isPrimary) {
  cluster.schedulingPolicy = policy === 'rr' ? cluster.SCHED_RR : cluster.SCHED_NONE
  for (let i = 0; i < 3; i++) cluster.fork()
} else {
  createServer((_, response) => response.end('node\n')).listen(Number(port), '127.0.0.1')
}
