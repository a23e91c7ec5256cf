import type { State } from '../state/state.ts'
import { memoized } from './memoized.ts'

/** The pids of processes that the probe is not in: what they did is not counted. */
export const blindPids = memoized((state: State): readonly number[] =>
  [...state.processes.values()].filter((each) => each.sampledAt > 0 && !each.probed).map(({ pid }) => pid),
)
