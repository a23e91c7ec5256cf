import { isSuccess } from '../state/ending.ts'
import type { Process, State } from '../state/state.ts'
import { memoized } from './memoized.ts'

/**
 * Whether accepts are seen at all. A probe that is loaded sees nothing of a program that calls the kernel by itself,
 * as Go does: then clients were served, and no accept was counted.
 */
export const areAcceptsSeen = memoized((state: State): boolean => {
  if (isPerfRead(state)) return true
  if (state.sources.probe) return false
  return state.totals.accepts > 0 || !wasServed(state)
})

/** Whether the probe is known not to be in the process. */
export function isBlind({ sampledAt, probed }: Process): boolean {
  return sampledAt > 0 && !probed
}

/** Connections that the process accepted, or null where that is not seen. */
export function acceptsOf(state: State, process: Process): number | null {
  const { accepts } = process.counts
  const isSeen = areAcceptsSeen(state) && (isPerfRead(state) || !isBlind(process))
  return accepts > 0 || isSeen ? accepts : null
}

/** Whether perf counts what every process of the server accepts. */
export function isPerfRead({ sources }: State): boolean {
  return sources.perf === null
}

/** Whether runs of signal handlers are seen: of our own models always, of others where perf is read. */
export function areHandlersSeen(state: State): boolean {
  return isPerfRead(state) || state.server.tellsHandlers
}

/**
 * By how much probe and perf differ in what they counted of processes that both see, when all is at rest: 0 when they
 * agree, null when there are not both.
 */
export function disagreement(state: State): number | null {
  if (!isPerfRead(state) || state.sources.probe) return null
  let sum = 0
  for (const { probed, probeAccepts, perfAccepts } of state.processes.values())
    if (probed && probeAccepts > 0) sum += Math.abs(probeAccepts - (perfAccepts ?? 0))
  return sum
}

/** Whether a client of ours got an answer, or a generator of the user's says that all went well. */
function wasServed({ load, manualConnections }: State): boolean {
  if (load.generator && isSuccess(load.generator.ending)) return true
  return load.figures.succeeded > 0 || manualConnections.some(({ received }) => received > 0)
}
