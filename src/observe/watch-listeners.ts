import { readdirSync, readlinkSync } from 'node:fs'
import type { Listener } from '../state/event.ts'
import { readListeners } from './read-listeners.ts'

/** Looking through the descriptors of more processes than this at once would cost too much. */
const MOST_PROCESSES = 32

/** Knows which listeners a set of processes holds. */
export class ListenerWatcher {
  readonly #holders = new Map<string, Set<number>>()
  /** The inodes of listeners in the order in which they were first seen. */
  #seen: string[] = []

  /** Looks for the sockets of these processes, the first ones if there are many. */
  search(pids: Iterable<number>): void {
    this.#holders.clear()
    let left = MOST_PROCESSES
    for (const pid of pids) {
      if (left-- === 0) return
      for (const inode of socketInodes(pid)) {
        const holders = this.#holders.get(inode) ?? new Set()
        this.#holders.set(inode, holders.add(pid))
      }
    }
  }

  /** The listeners among the sockets found, the oldest first, with their queues as they are now. */
  read(): Listener[] {
    const listeners = new Map(readListeners().map((listener) => [listener.inode, listener]))
    // Of those seen at once the one with the lower descriptor is the older: they were found in that order.
    const found = [...this.#holders.keys()].filter((inode) => !this.#seen.includes(inode))
    this.#seen = [...this.#seen, ...found].filter((inode) => listeners.has(inode))
    return this.#seen.flatMap((inode) => {
      const holders = this.#holders.get(inode)
      return holders ? [{ ...listeners.get(inode)!, pids: [...holders] }] : []
    })
  }
}

function socketInodes(pid: number): string[] {
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
