import type { Millis } from '../state/event.ts'
import type { Load } from '../state/state.ts'

/** How many failures a load has had, of all kinds. */
export function failureCount(failed: Record<string, number>): number {
  return Object.values(failed).reduce((sum, count) => sum + count, 0)
}

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

/** Milliseconds until the load is done if it goes on as it does; null when nothing can be said. */
export function timeLeft(load: Load): Millis | null {
  const rate = momentaryRate(load)
  return rate > 0 ? ((plannedConnections(load) - finishedConnections(load)) / rate) * 1000 : null
}
