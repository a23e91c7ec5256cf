import { readListeners } from '../../src/observe/read-listeners.ts'

/** How many connections wait in the queues of the listeners on a port. */
export function queued(port: number): number {
  return readListeners()
    .filter((listener) => listener.port === port)
    .reduce((sum, listener) => sum + listener.queued, 0)
}
