import type { Process, State } from '../state/state.ts'
import { memoized } from './memoized.ts'
import { isBlind } from './seen.ts'

/**
 * Whether requests are seen. A probe that is loaded sees nothing of a program that calls the kernel by itself: then
 * clients had answers, and no byte of them was counted.
 */
const areRequestsSeen = memoized((state: State): boolean => {
  if (state.sources.probe) return false
  return state.totals.bytesOut > 0 || !wasAnswered(state)
})

/** Requests that the process has begun to answer, or null where that is not seen. */
export function requestsOf(state: State, process: Process): number | null {
  return seen(state, process, process.counts.requests)
}

/** Connections that the process holds, or null where that is not seen. */
export function openOf(state: State, process: Process): number | null {
  return seen(state, process, process.exited ? 0 : process.open)
}

function seen(state: State, process: Process, count: number): number | null {
  return count > 0 || (areRequestsSeen(state) && !isBlind(process)) ? count : null
}

/** Whether a client of ours got an answer. */
function wasAnswered({ load, manualConnections }: State): boolean {
  return load.figures.bytes > 0 || manualConnections.some(({ received }) => received > 0)
}
