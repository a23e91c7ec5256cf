import { readFileSync } from 'node:fs'
import { grouped } from '../report/format.ts'
import { clientsPerWorker, workersFor } from './workers-for.ts'

/** What a load process has open beside its connections, and a few to spare. */
const OTHER_DESCRIPTORS = 16

/** Why there cannot be so many clients, as a sentence; null when there can. Source: getrlimit(2), RLIMIT_NOFILE. */
export function whyTooMany(clients: number, limit = descriptorLimit()): string | null {
  const most = limit - OTHER_DESCRIPTORS
  if (clientsPerWorker(clients) <= most) return null
  const workers = workersFor(clients)
  const needed = clientsPerWorker(clients) + OTHER_DESCRIPTORS
  return `${grouped(clients)} clients need ${grouped(needed)} descriptors in each of ${workers} load processes, and the limit is ${grouped(limit)}: take at most ${grouped(Math.max(0, most * workers))} clients, or raise it (ulimit -Hn ${needed}).`
}

/** Of this process and those that it starts: Node has raised it as far as it may go. Source: proc_pid_limits(5). */
function descriptorLimit(): number {
  const [, soft] = /^Max open files +(\d+)/m.exec(readFileSync('/proc/self/limits', 'latin1')) ?? []
  return soft === undefined ? Infinity : Number(soft)
}
