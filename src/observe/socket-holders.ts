import { readdirSync, readlinkSync } from 'node:fs'

/** Looking through the descriptors of more processes than this at once would cost too much. */
const MOST_PROCESSES = 32

/** Which sockets, by inode, a set of processes holds; those of one process in the order of their descriptors. */
export function socketHolders(pids: Iterable<number>): Map<string, Set<number>> {
  const holders = new Map<string, Set<number>>()
  let left = MOST_PROCESSES
  for (const pid of pids) {
    if (left-- === 0) break
    for (const inode of socketInodes(pid)) {
      const known = holders.get(inode) ?? new Set()
      holders.set(inode, known.add(pid))
    }
  }
  return holders
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
