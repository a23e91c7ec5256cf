import type { State } from '../state/state.ts'
import { memoized } from './memoized.ts'

/** Connections from the clients' side against the server's. */
export type Balance = {
  /** Attempts of our load that came to an end, established or refused, and connections made by hand. */
  connects: number
  accepts: number
  /** Established, waiting in the listener's queue. */
  queued: number
  refused: number
  /** What is missing to make connects = accepts + queued + refused; negative when others connect too. */
  missing: number
}

export const balanceOf = memoized((state: State): Balance => {
  const { figures, before } = state.load
  const refused = before.refused + figures.refused
  const connects = before.established + figures.connects + state.manualConnects + refused
  const { accepts } = state.totals
  const queued = state.listeners.reduce((sum, listener) => sum + listener.queued, 0)
  return { connects, accepts, queued, refused, missing: connects - accepts - queued - refused }
})
