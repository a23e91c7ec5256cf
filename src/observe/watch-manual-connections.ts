import { socketAddress } from '../../servers/posix/socket.ts'
import type { Duration, Endpoint, ManualConnectionSample } from '../state/event.ts'
import type { Ledger } from './ledger.ts'
import { findSocket } from './sock-diag.ts'
import { socketInodes } from './socket-holders.ts'

export type ConnectionEnds = { id: number; local: Endpoint; peer: Endpoint }

/** How long the search for who holds a connection may take in one go. */
const BUDGET: Duration = 10

/** Looks after both ends of the connections made by hand: their states, and which process holds the server's. */
export class ManualConnectionWatcher {
  readonly #holders = new Map<string, number[]>()
  /** Where the probe notes who accepts and serves; null where there is no probe. */
  readonly #ledger: Ledger | null

  constructor(ledger: Ledger | null) {
    this.#ledger = ledger
  }

  /** What can be seen of these connections; the server's processes are searched from the youngest on. */
  look(connections: readonly ConnectionEnds[], pids: ReadonlySet<number>): ManualConnectionSample[] {
    return connections.map(({ id, local, peer }) => {
      const own = findSocket(local, peer)
      const server = findSocket(peer, local)
      if (!server) return { id, state: own?.state ?? null, server: null }
      const { state, receiveQueue, sendQueue, inode } = server
      const isHeld = inode !== '0'
      const holders = isHeld ? this.#find(inode, this.#told(local, peer), pids) : []
      const end = { state, receiveQueue, sendQueue, isHeld, pids: holders }
      return { id, state: own?.state ?? null, server: end }
    })
  }

  /** Who serves the connection, or has accepted it: the probe's word, which need not be the latest. */
  #told(local: Endpoint, peer: Endpoint): number[] {
    const entry = this.#ledger?.look(socketAddress(local.address, local.port), peer.port)
    return entry ? [entry.servedBy ?? entry.pid] : []
  }

  /** One that forks holds the connection for a moment, too: so only who still has it counts. */
  #find(inode: string, told: readonly number[], pids: ReadonlySet<number>): number[] {
    const candidates = [...new Set([...told, ...(this.#holders.get(inode) ?? [])])]
    const known = candidates.filter((pid) => pids.has(pid) && socketInodes(pid).includes(inode))
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
