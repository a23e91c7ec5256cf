import type { Draft } from './draft.ts'
import type { Duration, Instant } from './event.ts'
import { establishedBy, queuedIn } from './under-way.ts'

const INTERVAL: Duration = 500
/** A minute, and the moment before it. */
const KEPT = 121

/** Keeps what was counted at one moment of each half second while there is a server. */
export function reduceHistory(draft: Draft, at: Instant): void {
  const { history, server, load, listeners, totals } = draft
  if (server.phase === 'none' || server.phase === 'gone') return
  const last = history.at(-1)
  if (last && Math.floor(at / INTERVAL) <= Math.floor(last.at / INTERVAL)) return
  const moment = {
    at,
    accepts: totals.accepts,
    established: establishedBy(load),
    queued: queuedIn(listeners),
  }
  draft.history = [...history.slice(1 - KEPT), moment]
}
