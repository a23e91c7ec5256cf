import type { Listener } from '../state/event.ts'
import { readListeners } from './read-listeners.ts'

/** Knows which listeners a set of processes holds. */
export class ListenerWatcher {
  /** The inodes of listeners in the order in which they were first seen. */
  #seen: string[] = []

  /** The listeners among the sockets that are held, the oldest first, with their queues as they are now. */
  read(holders: ReadonlyMap<string, ReadonlySet<number>>): Listener[] {
    const listeners = new Map(readListeners().map((listener) => [listener.inode, listener]))
    // Of those seen at once the one with the lower descriptor is the older: they were found in that order.
    const found = [...holders.keys()].filter((inode) => listeners.has(inode) && !this.#seen.includes(inode))
    this.#seen = [...this.#seen, ...found].filter((inode) => listeners.has(inode))
    return this.#seen.flatMap((inode) => {
      const pids = holders.get(inode)
      return pids ? [{ ...listeners.get(inode)!, pids: [...pids] }] : []
    })
  }
}
