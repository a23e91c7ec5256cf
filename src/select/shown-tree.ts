import type { Millis } from '../state/event.ts'
import type { Process, State } from '../state/state.ts'
import { type TreeRow, treeOf } from './tree.ts'

/** How long a reaped process that never accepted is shown, depending on how it ended. */
const SHOW_WELL: Millis = 1000
const SHOW_FAILED: Millis = 5000
const SHOW_KILLED: Millis = 60_000
/** Of those that ended well, not more than the last few. */
const MOST_WELL = 3

/**
 * The rows of the tree that are worth a line on the screen: all that live, all zombies, and for a moment the dead.
 * Of the threads those that serve, or all of them if so wanted.
 */
export function shownTree(state: State, { allThreads = false } = {}): TreeRow[] {
  const recent = new Set(state.ended.slice(-MOST_WELL))
  const counting = new Set([...state.threads.values()].map(({ tid }) => tid))
  return treeOf(state, {
    process: (process) => isShown(state, process, recent),
    threads: ({ threadList, name }) =>
      allThreads
        ? threadList
        : threadList.filter((thread) => thread.name !== name || counting.has(thread.tid)),
  })
}

function isShown(state: State, process: Process, recent: Set<number>): boolean {
  if (!process.reaped || process.pid === state.server.pid) return true
  if (process.counts.accepts + process.counts.received > 0) return true
  const age = state.now - process.reaped.at
  const ending = endedByStop(state, process) ? null : process.exited?.ending
  if (ending && 'signal' in ending) return age < SHOW_KILLED
  if (ending && ending.code !== 0) return age < SHOW_FAILED
  return age < SHOW_WELL && recent.has(process.pid)
}

/** Whoever ends because the server was told to stop is no surprise, whatever ended it. */
export function endedByStop({ server }: State, { exited }: Process): boolean {
  return server.stopRequestedAt !== null && exited !== null && exited.at >= server.stopRequestedAt
}
