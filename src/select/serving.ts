import type { State } from '../state/state.ts'
import { type Distribution, distributionOf } from './distribution.ts'
import type { TreeRow } from './tree.ts'

/** Connections that the row got: accepted by itself, or passed to it as descriptors. */
export function got({ counts }: TreeRow): number {
  return counts.accepts > 0 ? counts.accepts : counts.received
}

/**
 * Connections that the row served: a parent that passes on what it accepts is no rival of its children, nor a process
 * with threads of its threads.
 */
export function served(row: TreeRow): number {
  return row.isSum ? 0 : Math.max(0, got(row) - row.counts.passed)
}

/** What the shares and bars of all rows are measured against: connections served by all, and by the busiest row. */
export type Scale = { total: number; most: number }

export function scaleOf(rows: readonly TreeRow[]): Scale {
  const counts = rows.map(served)
  return { total: counts.reduce((sum, count) => sum + count, 0), most: Math.max(0, ...counts) }
}

/** Those that served, and their living siblings that could have. */
export function servers(rows: readonly TreeRow[], state: State): readonly TreeRow[] {
  const serving = rows.filter((row) => served(row) > 0)
  const families = new Set(serving.map(familyOf))
  const canServe = couldServe(serving, state)
  return rows.filter(
    (row) =>
      served(row) > 0 || (!row.isSum && !row.process.exited && families.has(familyOf(row)) && canServe(row)),
  )
}

/**
 * Whether one that has served nobody waits for clients as those do who have. A process that does not hold the
 * listener helps in other ways, unless connections are passed on; a thread that waits in other calls does, too.
 */
function couldServe(serving: readonly TreeRow[], { listeners }: State): (row: TreeRow) => boolean {
  const isPassed = serving.some(({ counts }) => counts.received > 0)
  const holders = new Set(listeners.flatMap(({ pids }) => pids))
  const calls = new Set([...ACCEPTING, ...serving.map(({ process, thread }) => (thread ?? process).waitsIn)])
  return ({ process, thread }) => {
    if (thread) return thread.waitsIn === null || calls.has(thread.waitsIn)
    return isPassed || holders.size === 0 || holders.has(process.pid)
  }
}

/** What a server waits in for its next client. */
const ACCEPTING = ['accept', 'select', 'pselect', 'poll', 'ppoll', 'epoll_wait', 'epoll_pwait', 'running']

/** Who can get the next connection; after the end of all of them, who could. */
export function competitors(rows: readonly TreeRow[], state: State): readonly TreeRow[] {
  const all = servers(rows, state)
  const living = all.filter(({ process }) => !process.exited)
  return living.length > 0 ? living : all
}

/** Connections that each of those who compete would have if all had the same; null when there are not two. */
export function fairShare(rows: readonly TreeRow[], state: State): number | null {
  const all = competitors(rows, state)
  return all.length > 1 ? all.reduce((sum, row) => sum + served(row), 0) / all.length : null
}

/** How evenly those who compete get the connections; null when there are not two, or no connection yet. */
export function distributionAmong(rows: readonly TreeRow[], state: State): Distribution | null {
  return distributionOf(competitors(rows, state).map(served), scaleOf(rows).total)
}

/** Children of one process, or threads of one. */
function familyOf({ process, thread }: TreeRow): string {
  return thread ? `threads of ${process.pid}` : `children of ${process.parent}`
}
