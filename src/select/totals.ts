import { addCounts } from '../state/counts.ts'
import type { Counts, State } from '../state/state.ts'

/** What all processes did together, those that are gone too. */
export function totalCounts(state: State): Counts {
  let total = state.departed.counts
  for (const { counts } of state.processes.values()) total = addCounts(total, counts)
  return total
}
