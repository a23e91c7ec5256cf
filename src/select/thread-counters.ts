import type { ThreadCounters } from '../state/event.ts'
import type { State } from '../state/state.ts'
import { memoized } from './memoized.ts'

/** The counters of threads, by pid, of processes in which more than one counted something. */
export const threadCounters = memoized(({ threads }: State): ReadonlyMap<number, ThreadCounters[]> => {
  const byPid = new Map<number, ThreadCounters[]>()
  for (const thread of threads.values()) {
    if (thread.slot === 0) continue // the sum of those without a place of their own
    const known = byPid.get(thread.pid)
    if (known) known.push(thread)
    else byPid.set(thread.pid, [thread])
  }
  for (const [pid, counters] of byPid) if (counters.length < 2) byPid.delete(pid)
  return byPid
})
