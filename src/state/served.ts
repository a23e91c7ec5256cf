import type { Draft } from './draft.ts'
import type { Activity, Duration, Instant } from './event.ts'
import { change } from './process-table.ts'
import type { Process, ServedBy } from './state.ts'

/** How far apart the moments are at which is kept how long a process has served, and how many of them. */
const INTERVAL: Duration = 1000
const MOST_KEPT = 4

/** How long the threads of the process have served and waited up to that moment, what goes on now included. */
export function servedBy({ counts, activities, exited }: Process, at: Instant): ServedBy {
  const until = exited ? Math.min(exited.at, at) : at
  let { serving, waiting } = counts
  for (const { doing, since } of activities.values()) {
    const now = Math.max(0, until - since)
    if (doing === 'serving') serving += now
    if (doing === 'waiting') waiting += now
  }
  return { at: until, serving, waiting }
}

/** Keeps how long the process has served by now, at most once a second. */
export function keepServed(draft: Draft, process: Process, at: Instant): void {
  const last = process.served.at(-1)
  if (last && at - last.at < INTERVAL) return
  change(draft, process, { served: [...process.served.slice(1 - MOST_KEPT), servedBy(process, at)] })
}

/** Keeps of every process that has served how long it had when the load began. */
export function markLoadBegin(draft: Draft, at: Instant): void {
  for (const process of draft.processes.values())
    if (!process.exited) change(draft, process, { loadBegan: servedBy(process, at), loadEnded: null })
}

/** The same for when it ended: at the first beat after, since by then the counters were read. */
export function markLoadEnd(draft: Draft, at: Instant): void {
  if (draft.load.phase !== 'ended' || draft.load.isMarked) return
  draft.load = { ...draft.load, isMarked: true }
  for (const process of draft.processes.values())
    if (!process.loadEnded) change(draft, process, { loadEnded: servedBy(process, at) })
}

/** The activities with that of a thread as it is now. */
export function withActivity(
  activities: ReadonlyMap<number, Activity>,
  tid: number,
  activity: Activity | null,
): ReadonlyMap<number, Activity> {
  if (!activity && !activities.has(tid)) return activities
  const changed = new Map(activities)
  if (activity) changed.set(tid, activity)
  else changed.delete(tid)
  return changed
}
