import type { Endpoint } from '../state/event.ts'
import { listDescendants } from './list-children.ts'
import { allPids, commandOf, isCalled } from './process-facts.ts'
import { readListeners } from './read-listeners.ts'
import { readWholeProc } from './read-proc.ts'
import { rootsOf } from './server-tree.ts'
import { socketInodes } from './socket-holders.ts'

/** What a user may call a server that runs already. */
export type ServerName =
  | { kind: 'pid'; pid: number }
  | { kind: 'address'; address: string | null; port: number }
  | { kind: 'unix'; path: string }
  | { kind: 'name'; name: string }

/** A server that runs: the first process of its tree, its command line, and where it listens. */
export type FoundServer = { root: number; command: string[]; listeners: Endpoint[] }

/** What the text names: a pid, `:PORT`, `ADDRESS:PORT`, the path of a Unix socket, or else a name. */
export function parseServerName(text: string): ServerName {
  if (/^\d+$/.test(text)) return { kind: 'pid', pid: Number(text) }
  const [, address = '', port] = /^(.*):(\d+)$/.exec(text) ?? []
  if (port && !text.includes('/'))
    return { kind: 'address', address: address.replace(/^\[|\]$/g, '') || null, port: Number(port) }
  return text.includes('/') ? { kind: 'unix', path: text } : { kind: 'name', name: text }
}

/** The servers that go by that name, none when there is none that we may see. Throws PosixError. */
export function findServers(wanted: ServerName): FoundServer[] {
  const own = process.pid
  const pids = allPids().filter((pid) => pid !== own)
  switch (wanted.kind) {
    case 'pid':
      return pids.includes(wanted.pid) ? described(treesAround([wanted.pid], pids)) : []
    case 'name':
      return described(
        treesAround(
          pids.filter((pid) => isCalled(pid, wanted.name)),
          pids,
        ),
      )
    case 'address': {
      const inodes = readListeners()
        .filter(({ address, port }) => port === wanted.port && isSame(address, wanted.address))
        .map(({ inode }) => inode)
      return described(rootsOf(holdersOf(inodes, pids)))
    }
    case 'unix':
      return described(rootsOf(holdersOf(unixListeners(wanted.path), pids)))
  }
}

/** Whether a listener on `address` is meant by one who says `wanted`; null means any. */
function isSame(address: string, wanted: string | null): boolean {
  return wanted === null || address === wanted
}

/** Who shares a listener with one of the processes belongs to the same tree. */
function treesAround(wanted: readonly number[], pids: readonly number[]): number[] {
  const listening = new Set(readListeners().map(({ inode }) => inode))
  return [
    ...new Set(
      wanted.flatMap((pid) => {
        const inodes = socketInodes(pid).filter((inode) => listening.has(inode))
        return rootsOf(inodes.length > 0 ? holdersOf(inodes, pids) : [pid])
      }),
    ),
  ]
}

function holdersOf(inodes: readonly string[], pids: readonly number[]): number[] {
  const wanted = new Set(inodes)
  return pids.filter((pid) => socketInodes(pid).some((inode) => wanted.has(inode)))
}

/** The inodes of the Unix sockets with that path. Source: proc_pid_net(5), unix. */
function unixListeners(path: string): string[] {
  return (readWholeProc('/proc/net/unix') ?? '').split('\n').flatMap((line) => {
    const fields = line.trim().split(/\s+/)
    return fields.slice(7).join(' ') === path ? [fields[6]!] : []
  })
}

function described(roots: readonly number[]): FoundServer[] {
  const listening = readListeners()
  return roots.map((root) => ({ root, command: commandOf(root), listeners: listenersBelow(root, listening) }))
}

function listenersBelow(root: number, listening: ReturnType<typeof readListeners>): Endpoint[] {
  const held = new Set([root, ...listDescendants(root)].flatMap(socketInodes))
  return listening.filter(({ inode }) => held.has(inode)).map(({ address, port }) => ({ address, port }))
}
