import { failureCount } from '../state/counts.ts'
import type { Duration } from '../state/event.ts'
import type { Load } from '../state/state.ts'

/** Connections that will have been made in the end, as things stand. */
export function plannedConnections({ figures, plan }: Load): number {
  return figures.planned || (plan ? plan.clients * plan.connections : 0)
}

/** Connections that are over, well or not. */
export function finishedConnections({ figures }: Load): number {
  return figures.succeeded + failureCount(figures.failed)
}

/** Connections per second that succeeded, from the first connect to the last close. */
export function meanRate({ figures }: Load): number {
  return figures.elapsed > 0 ? (figures.succeeded / figures.elapsed) * 1000 : 0
}

/** Connections per second that succeeded over the last second. */
export function momentaryRate({ recent }: Load): number {
  const [first, last] = [recent[0], recent.at(-1)]
  return first && last && last.at > first.at
    ? ((last.succeeded - first.succeeded) / (last.at - first.at)) * 1000
    : 0
}

/** Durationeconds until the load is done if it goes on as it does; null when nothing can be said. */
export function timeLeft(load: Load): Duration | null {
  const rate = momentaryRate(load)
  return rate > 0 ? ((plannedConnections(load) - finishedConnections(load)) / rate) * 1000 : null
}
