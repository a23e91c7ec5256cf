import { addCounts } from './counts.ts'
import type { Counts, State } from './state.ts'

/** What all processes did together, those that are gone too. */
export function totalCounts(state: State): Counts {
  let total = state.departed.counts
  for (const { counts } of state.processes.values()) total = addCounts(total, counts)
  return total
}

/** How many failures a load has had, of all kinds. */
export function failureCount(failed: Record<string, number>): number {
  return Object.values(failed).reduce((sum, count) => sum + count, 0)
}
