import type { TreeRow } from './tree.ts'

/** Whether any process that was woken found nothing to accept. */
export function hasHerd(rows: readonly TreeRow[]): boolean {
  return rows.some(({ counts }) => counts.eagain > 0)
}

/** How often those below the first process woke for each connection that they accepted. */
export type WakeupsPerConnection = {
  wakeups: number
  /** How often one of them got a processor and slept again. */
  switches: number
}

/** Null where there are not several who could wake, or none has accepted yet. */
export function wakeupsPerConnection(rows: readonly TreeRow[]): WakeupsPerConnection | null {
  // Without the probe nobody counts who woke.
  const waiting = rows.filter((row) => row.depth > 0 && !row.isSum && row.process.probed)
  const sum = (of: (row: TreeRow) => number) => waiting.reduce((total, row) => total + of(row), 0)
  const accepts = sum(({ counts }) => counts.accepts)
  if (waiting.length < 2 || accepts === 0) return null
  return {
    wakeups: sum(({ counts }) => counts.wakeups) / accepts,
    switches: sum(({ process, thread }) => (thread ? 0 : process.switches)) / accepts,
  }
}
