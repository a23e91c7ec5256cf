import { failureCount } from '../state/counts.ts'
import { isSuccess } from '../state/ending.ts'
import type { Duration, Instant } from '../state/event.ts'
import type { Load } from '../state/state.ts'

/** Connections that will have been made in the end, as things stand; with a duration, those so far. */
export function plannedConnections({ figures, plan }: Load): number {
  return figures.planned || (plan && plan.duration === null ? plan.clients * plan.connections : 0)
}

/** How far the load is, from 0 to 1. */
export function loadShare(load: Load, now: Instant): number {
  const { plan, phase, startedAt } = load
  if (plan && plan.duration !== null)
    return phase === 'running' ? Math.min(1, (now - startedAt) / plan.duration) : 1
  return finishedConnections(load) / plannedConnections(load)
}

/** Whether the load did what was asked of it: all was answered, or the generator says so, and it was not stopped. */
export function isLoadComplete({ plan, generator, figures, stopped, error }: Load): boolean {
  if (generator) return !error && !stopped && isSuccess(generator.ending)
  if (!plan || error || stopped || failureCount(figures.failed) > 0) return false
  return plan.duration !== null || figures.succeeded === plan.clients * plan.connections
}

/** Whether requests are another figure than connections. */
export function countsRequests({ plan }: Load): boolean {
  return plan !== null && plan.requests > 1
}

/** Connections that are over, well or not. */
export function finishedConnections({ figures }: Load): number {
  return figures.succeeded + failureCount(figures.failed)
}

/** Connections per second that succeeded, from the first connect to the last close. */
export function meanRate({ figures }: Load): number {
  return figures.elapsed > 0 ? (figures.succeeded / figures.elapsed) * 1000 : 0
}

/** Requests per second that were answered, over the same time. */
export function meanRequestRate({ figures }: Load): number {
  return figures.elapsed > 0 ? (figures.requests / figures.elapsed) * 1000 : 0
}

/** Connections per second that succeeded over the last second. */
export function momentaryRate(load: Load): number {
  return momentary(load, 'succeeded')
}

/** Requests per second that were answered over the last second. */
export function momentaryRequestRate(load: Load): number {
  return momentary(load, 'requests')
}

function momentary({ recent }: Load, figure: 'succeeded' | 'requests'): number {
  const [first, last] = [recent[0], recent.at(-1)]
  return first && last && last.at > first.at
    ? ((last[figure] - first[figure]) / (last.at - first.at)) * 1000
    : 0
}

/** Milliseconds until the load is done if it goes on as it does; null when nothing can be said. */
export function timeLeft(load: Load, now: Duration): Duration | null {
  const { plan, startedAt } = load
  if (plan && plan.duration !== null) return Math.max(0, startedAt + plan.duration - now)
  const rate = momentaryRate(load)
  return rate > 0 ? ((plannedConnections(load) - finishedConnections(load)) / rate) * 1000 : null
}
