import { MOST_WELL_SHOWN, RETENTION, retentionOf } from '../state/retention.ts'
import type { Process, State } from '../state/state.ts'
import { type TreeRow, treeOf } from './tree.ts'

/**
 * The rows of the tree that are worth a line on the screen: all that live, all zombies, and for a moment the dead.
 * Of the threads those that serve, or all of them if so wanted.
 */
export function shownTree(state: State, { allThreads = false } = {}): TreeRow[] {
  const recent = new Set(state.ended.slice(-MOST_WELL_SHOWN))
  return treeOf(state, {
    process: (process) => isShown(state, process, recent),
    threads: ({ threadList, threadCounts, name }) =>
      allThreads
        ? threadList
        : threadList.filter((thread) => thread.name !== name || threadCounts.has(thread.tid)),
  })
}

function isShown(state: State, process: Process, recent: Set<number>): boolean {
  if (!process.reaped || process.pid === state.server.pid) return true
  if (process.counts.accepts + process.counts.received > 0) return true
  const age = state.now - process.reaped.at
  const ending = endedByStop(state, process) ? null : process.exited!.ending
  const { shown } = retentionOf(ending)
  return age < shown && (shown > RETENTION.well.shown || recent.has(process.pid))
}

/** Whoever ends because the server was told to stop is no surprise, whatever ended it. */
export function endedByStop({ server }: State, { exited }: Process): boolean {
  return server.stopRequestedAt !== null && exited !== null && exited.at >= server.stopRequestedAt
}
