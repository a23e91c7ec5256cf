import type { Process, State } from '../state/state.ts'
import { memoized } from './memoized.ts'

/**
 * Whether accepts are seen at all. A probe that is loaded sees nothing of a program that calls the kernel by itself,
 * as Go does: then clients were served, and no accept was counted.
 */
export const areAcceptsSeen = memoized((state: State): boolean => {
  if (state.sources.probe) return false
  return state.totals.accepts > 0 || !wasServed(state)
})

/** Why accepts of the process are not seen, in a few words; null when they are. */
export function whyAcceptsUnseen(state: State, process: Process): string | null {
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

/** Whether a client of ours got an answer. */
function wasServed({ load, manualConnections }: State): boolean {
  return load.figures.succeeded > 0 || manualConnections.some(({ received }) => received > 0)
}
