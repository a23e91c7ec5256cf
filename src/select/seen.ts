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

/** Why accepts of the process are not seen, in a few words; null when they are. */
export function whyAcceptsUnseen(state: State, process: Process): string | null {
  if (isPerfRead(state)) return null
  if (state.sources.probe) return 'the probe is not read'
  if (process.sampledAt > 0 && !process.probed) return 'the probe is not in it'
  return areAcceptsSeen(state) ? null : 'it calls the kernel past the probe'
}

/** Connections that the process accepted, or null where that is not seen. */
export function acceptsOf(state: State, process: Process): number | null {
  return process.counts.accepts > 0 || whyAcceptsUnseen(state, process) === null
    ? process.counts.accepts
    : null
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
