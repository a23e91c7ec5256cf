import type { Draft } from './draft.ts'
import { establishedBy, isLoadUnderWay, queuedIn, youngConnections } from './under-way.ts'

/** What was accepted beyond what we connected, at a moment when nothing of ours is under way, is of other clients. */
export function countOthers(draft: Draft): void {
  // A generator's connections are not ours: they never have to be told from ours that are still under way.
  if (isLoadUnderWay(draft) || youngConnections(draft).length > 0) return
  const { load, manualConnects, totals, listeners } = draft
  const established = establishedBy(load) + manualConnects
  draft.othersAccepted = Math.max(0, totals.accepts + queuedIn(listeners) - established)
}
