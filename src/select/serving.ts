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
export function servers(rows: readonly TreeRow[]): readonly TreeRow[] {
  const families = new Set(rows.filter((row) => served(row) > 0).map(familyOf))
  return rows.filter(
    (row) => served(row) > 0 || (!row.isSum && !row.process.exited && families.has(familyOf(row))),
  )
}

/** Who can get the next connection; after the end of all of them, who could. */
export function competitors(rows: readonly TreeRow[]): readonly TreeRow[] {
  const all = servers(rows)
  const living = all.filter(({ process }) => !process.exited)
  return living.length > 0 ? living : all
}

/** Connections that each of those who compete would have if all had the same; null when there are not two. */
export function fairShare(rows: readonly TreeRow[]): number | null {
  const all = competitors(rows)
  return all.length > 1 ? all.reduce((sum, row) => sum + served(row), 0) / all.length : null
}

/** How evenly those who compete get the connections; null when there are not two, or no connection yet. */
export function distributionAmong(rows: readonly TreeRow[]): Distribution | null {
  return distributionOf(competitors(rows).map(served), scaleOf(rows).total)
}

/** Children of one process, or threads of one. */
function familyOf({ process, thread }: TreeRow): string {
  return thread ? `threads of ${process.pid}` : `children of ${process.parent}`
}
