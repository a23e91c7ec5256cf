import type { Instant } from '../state/event.ts'
import type { Moment } from '../state/state.ts'

export type Rates = {
  at: Instant
  /** Connections accepted per second since the moment before. */
  accepts: number
  /** Connections that the load established per second since then. */
  established: number
}

/** How fast connections were made between each two moments. */
export function ratesOf(history: readonly Moment[]): Rates[] {
  return history.slice(1).map((moment, i) => {
    const before = history[i]!
    const perSecond = (change: number) => (Math.max(0, change) / (moment.at - before.at)) * 1000
    return {
      at: moment.at,
      accepts: perSecond(moment.accepts - before.accepts),
      established: perSecond(moment.established - before.established),
    }
  })
}
