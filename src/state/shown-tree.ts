import type { Millis } from './event.ts'
import type { Process, State } from './state.ts'
import { type TreeRow, treeOf } from './tree.ts'

const SHOW_NORMAL: Millis = 1000
const MOST_NORMAL = 3

/**
 * The rows of the tree that are worth a line on the screen: all that live, all zombies, all that ended in a way
 * that nobody ordered, and of those that ended well without ever accepting, the last few for a moment.
 */
export function shownTree(state: State): TreeRow[] {
  const recent = new Set(state.ended.slice(-MOST_NORMAL))
  return treeOf(state, (process) => {
    if (!process.reaped || process.pid === state.server.pid) return true
    if (process.counts.accepts + process.counts.received > 0 || endedBySurprise(process)) return true
    return recent.has(process.pid) && state.now - process.reaped.at < SHOW_NORMAL
  })
}

function endedBySurprise({ exited }: Process): boolean {
  const ending = exited?.ending
  return ending != null && !('code' in ending && ending.code === 0)
}
