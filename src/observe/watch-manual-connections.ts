import type { Duration, Endpoint, ManualConnectionSample } from '../state/event.ts'
import { findSocket } from './sock-diag.ts'
import { socketInodes } from './socket-holders.ts'

export type ConnectionEnds = { id: number; local: Endpoint; peer: Endpoint }

/** How long the search for who holds a connection may take in one go. */
const BUDGET: Duration = 10

/** Looks after both ends of the connections made by hand: their states, and which process holds the server's. */
export class ManualConnectionWatcher {
  readonly #holders = new Map<string, number[]>()

  /** What can be seen of these connections; the server's processes are searched from the youngest on. */
  look(connections: readonly ConnectionEnds[], pids: ReadonlySet<number>): ManualConnectionSample[] {
    return connections.map(({ id, local, peer }) => {
      const own = findSocket(local, peer)
      const server = findSocket(peer, local)
      if (!server) return { id, state: own?.state ?? null, server: null }
      const { state, receiveQueue, sendQueue, inode } = server
      const isHeld = inode !== '0'
      const holders = isHeld ? this.#find(inode, pids) : []
      const end = { state, receiveQueue, sendQueue, isHeld, pids: holders }
      return { id, state: own?.state ?? null, server: end }
    })
  }

  /** One that forks holds the connection for a moment, too: so only who still has it counts. */
  #find(inode: string, pids: ReadonlySet<number>): number[] {
    const known = this.#holders.get(inode)?.filter((pid) => socketInodes(pid).includes(inode)) ?? []
    if (known.length > 0) return known
    const end = performance.now() + BUDGET
    const found: number[] = []
    for (const pid of [...pids].reverse()) {
      if (socketInodes(pid).includes(inode)) found.push(pid)
      if (performance.now() > end) break
    }
    this.#holders.set(inode, found)
    return found
  }
}
