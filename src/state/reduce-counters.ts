import { addCounts, noCounts } from './counts.ts'
import type { Draft } from './draft.ts'
import type { Event, ThreadCounts } from './event.ts'
import { tell } from './log.ts'
import { BIRTH_TOLERANCE, change } from './process-table.ts'
import { keepServed, withActivity } from './served.ts'
import type { Process } from './state.ts'

/** Adds what threads counted since the last reading to themselves, to their processes and to the sum of all. */
export function reduceCounters(draft: Draft, { at, changes }: Extract<Event, { type: 'counted' }>): void {
  let accepted = 0
  const acceptors: number[] = []
  const changed = new Set<number>()
  for (const counted of changes) {
    const process = processOf(draft, counted)
    if (process) {
      addTo(draft, process, counted)
      changed.add(process.pid)
    } else addToDeparted(draft, counted)
    if (counted.accepts > 0) {
      accepted += counted.accepts
      acceptors.push(counted.pid)
    }
  }
  for (const pid of changed) keepServed(draft, draft.processes.get(pid)!, at)
  if (accepted > 0) tell(draft, { kind: 'accepted', pids: acceptors }, accepted)
}

function addTo(draft: Draft, process: Process, counted: ThreadCounts): void {
  const { accepts, ...others } = counted
  draft.totals = addCounts(draft.totals, { ...others, accepts: 0 })
  const counts = addCounts(process.counts, { ...others, accepts: 0 })
  const before = process.threadCounts.get(counted.tid) ?? noCounts
  const threadCounts = new Map(process.threadCounts).set(counted.tid, addCounts(before, counted))
  const changed = change(draft, process, { counts, threadCounts, ...connectionsAfter(process, counted) })
  setAccepts(draft, changed, { probeAccepts: process.probeAccepts + accepts })
}

/** What is open, and who serves, of the program that the process runs now: exec has ended what came before. */
function connectionsAfter(
  process: Process,
  { tid, open, activity, image }: ThreadCounts,
): Pick<Process, 'open' | 'activities' | 'image'> {
  if (image < process.image) return process
  const { open: before, activities } = image > process.image ? { open: 0, activities: new Map() } : process
  return { image, open: before + open, activities: withActivity(activities, tid, activity) }
}

function addToDeparted(draft: Draft, counted: ThreadCounts): void {
  draft.totals = addCounts(draft.totals, counted)
  draft.departed = { ...draft.departed, counts: addCounts(draft.departed.counts, counted) }
}

/**
 * What one of the two who count accepts has counted by now. Neither counts too much, and each may come later than the
 * other or see nothing: so the larger of the two is what was accepted.
 */
export function setAccepts(
  draft: Draft,
  process: Process,
  counted: Partial<Pick<Process, 'probeAccepts' | 'perfAccepts'>>,
): void {
  const { probeAccepts, perfAccepts } = { ...process, ...counted }
  const accepts = Math.max(probeAccepts, perfAccepts ?? 0)
  const more = accepts - process.counts.accepts
  change(draft, process, { ...counted, counts: { ...process.counts, accepts } })
  draft.totals = { ...draft.totals, accepts: draft.totals.accepts + more }
}

function processOf(draft: Draft, { pid, born }: ThreadCounts): Process | undefined {
  const process = draft.processes.get(pid)
  return process && process.born <= born + BIRTH_TOLERANCE ? process : undefined
}
