import type { State } from '../state/state.ts'
import { memoized } from './memoized.ts'

/** How many processes of the server have ended and been reaped, listed or not. */
export const endedCount = memoized(({ departed, processes }: State): number => {
  let count = departed.processes
  for (const { reaped } of processes.values()) if (reaped) count++
  return count
})
