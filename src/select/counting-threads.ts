import type { Counts, Process } from '../state/state.ts'

/** What each thread of the process counted, by thread id; empty where only one did. */
export function countingThreads({ threadCounts }: Process): ReadonlyMap<number, Counts> {
  return threadCounts.size > 1 ? threadCounts : new Map()
}
