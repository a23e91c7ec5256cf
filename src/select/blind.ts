import type { State } from '../state/state.ts'
import { memoized } from './memoized.ts'
import { isBlind, isPerfRead } from './seen.ts'

/** The pids of processes that the probe is not in. */
export const blindPids = memoized((state: State): readonly number[] =>
  [...state.processes.values()].filter(isBlind).map(({ pid }) => pid),
)

/** The pids of processes into which no source sees: what they accept and fork is not counted. */
export function unseenPids(state: State): readonly number[] {
  return isPerfRead(state) ? [] : blindPids(state)
}
