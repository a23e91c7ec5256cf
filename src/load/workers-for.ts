import { availableParallelism } from 'node:os'

/** More workers than this take the cores from the server. */
const MOST_WORKERS = 4

/** How many processes a load with so many clients has: one for each core. */
export function workersFor(clients: number): number {
  return Math.min(clients, availableParallelism(), MOST_WORKERS)
}

/** How many clients one of those processes has, at most. */
export function clientsPerWorker(clients: number): number {
  return Math.ceil(clients / workersFor(clients))
}
