import { readdirSync, readlinkSync } from 'node:fs'
import type { Duration } from '../state/event.ts'

type Holders = Map<string, Set<number>>

/** Knows which sockets the processes of a set hold, however many they are: looked at a part at a time. */
export class SocketHolders {
  /** The sockets of each process as they were last looked at; those looked at longest ago come first. */
  readonly #inodes = new Map<number, readonly string[]>()

  /**
   * Looks through the descriptors of those that were not looked at yet, then of those that were longest ago, for so
   * many milliseconds; at least of one. Returns the processes by socket, in the order of their descriptors.
   */
  look(pids: ReadonlySet<number>, budget: Duration): Holders {
    for (const pid of this.#inodes.keys()) if (!pids.has(pid)) this.#inodes.delete(pid)
    const end = performance.now() + budget
    const unknown = [...pids].filter((pid) => !this.#inodes.has(pid))
    for (const pid of [...unknown, ...this.#inodes.keys()]) {
      this.#inodes.delete(pid)
      this.#inodes.set(pid, socketInodes(pid))
      if (performance.now() > end) break
    }
    return this.#bySocket(pids)
  }

  #bySocket(pids: ReadonlySet<number>): Holders {
    const holders: Holders = new Map()
    for (const pid of pids)
      for (const inode of this.#inodes.get(pid) ?? []) {
        const known = holders.get(inode)
        if (known) known.add(pid)
        else holders.set(inode, new Set([pid]))
      }
    return holders
  }
}

/** The inodes of the sockets that the process holds; empty when it is gone, or another user's. */
export function socketInodes(pid: number): string[] {
  try {
    return readdirSync(`/proc/${pid}/fd`).flatMap((fd) => socketInode(`/proc/${pid}/fd/${fd}`))
  } catch {
    return []
  }
}

function socketInode(path: string): string[] {
  try {
    return /^socket:\[(\d+)\]$/.exec(readlinkSync(path))?.slice(1) ?? []
  } catch {
    return []
  }
}
