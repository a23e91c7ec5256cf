import { describeEnding } from '../state/ending.ts'
import type { State } from '../state/state.ts'
import { memoized } from './memoized.ts'

/** How many processes ended in the same way. */
export type Exit = {
  /** `exit code 0`, `ended by SIGKILL`; null where nobody saw how. */
  ending: string | null
  count: number
}

/** How the processes ended that are gone, the most frequent way first. */
export const exitsOf = memoized(({ exits }: State): readonly Exit[] =>
  [...exits.values()]
    .map(({ ending, count }) => ({ ending: ending && describeEnding(ending), count }))
    .sort((a, b) => b.count - a.count),
)
