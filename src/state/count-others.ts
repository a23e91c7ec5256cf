import type { Draft } from './draft.ts'
import type { Duration } from './event.ts'

/** So long after something of ours, not everything that belongs to it is counted yet. */
const SETTLING: Duration = 1000

/** What was accepted beyond what we connected, at a moment when nothing of ours is under way, is of other clients. */
export function countOthers(draft: Draft): void {
  const { load, manualConnections, manualConnects, totals, listeners, now } = draft
  // A generator's connections are not ours: they never have to be told from ours that are still under way.
  if (load.plan && (load.phase === 'running' || now - load.endedAt < SETTLING)) return
  if (manualConnections.some(({ openedAt }) => now - openedAt < SETTLING)) return
  const established = load.before.established + load.figures.connects + manualConnects
  const queued = listeners.reduce((sum, listener) => sum + listener.queued, 0)
  draft.othersAccepted = Math.max(0, totals.accepts + queued - established)
}
