import type { State, Thread } from '../state/state.ts'
import { countingThreads } from './counting-threads.ts'
import { memoized } from './memoized.ts'
import { distributionAmong } from './serving.ts'
import { treeOf } from './tree.ts'

/** The smallest and largest part of the connections that one of those who compete served, and the equal part. */
export type Shares = { min: number; max: number; fair: number }

/** Shares from 0 to 1; null when there are not two who compete, or no connection yet. */
export const sharesOf = memoized((state: State): Shares | null => {
  const rows = treeOf(state, {
    process: () => true,
    threads: (process) =>
      [...countingThreads(process).keys()].filter((tid) => tid !== process.pid).map(unsampled),
  })
  const distribution = distributionAmong(rows, state)
  return distribution && { min: distribution.least, max: distribution.most, fair: distribution.fair }
})

/** A thread of which only the counters are known. */
function unsampled(tid: number): Thread {
  return { tid, name: '', state: '', waitsIn: null, cpu: 0, cpuShare: 0 }
}
