import { describeEnding } from '../state/ending.ts'
import type { State } from '../state/state.ts'
import { memoized } from './memoized.ts'

/** How many processes ended in the same way. */
export type Exit = {
  /** `exit code 0`, `ended by SIGKILL`; null where it is not known, or was not kept. */
  ending: string | null
  count: number
}

/** How the processes ended that have ended, the most frequent way first. */
export const exitsOf = memoized(({ processes, departed }: State): readonly Exit[] => {
  const counts = new Map<string | null, number>()
  const add = (ending: string | null, count: number) => counts.set(ending, (counts.get(ending) ?? 0) + count)
  for (const { exited } of processes.values())
    if (exited) add(exited.ending && describeEnding(exited.ending), 1)
  if (departed.processes > 0) add(null, departed.processes)
  return [...counts].map(([ending, count]) => ({ ending, count })).sort((a, b) => b.count - a.count)
})
