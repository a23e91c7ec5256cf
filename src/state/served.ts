import type { Draft } from './draft.ts'
import type { Instant } from './event.ts'
import { change } from './process-table.ts'
import type { Process, ServedBy } from './state.ts'

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
