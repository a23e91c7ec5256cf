import { addCounts, noCounts } from './counts.ts'
import type { Draft } from './draft.ts'
import type { Event, ThreadCounts } from './event.ts'
import { tell } from './log.ts'
import { BIRTH_TOLERANCE, change } from './process-table.ts'
import type { Process } from './state.ts'

/** Adds what threads counted since the last reading to themselves, to their processes and to the sum of all. */
export function reduceCounters(draft: Draft, { changes }: Extract<Event, { type: 'counted' }>): void {
  let accepted = 0
  const acceptors: number[] = []
  const byProcess = new Map<Process, ThreadCounts[]>()
  for (const counted of changes) {
    const process = processOf(draft, counted)
    const threads = process && byProcess.get(process)
    if (!process) addToDeparted(draft, counted)
    else if (threads) threads.push(counted)
    else byProcess.set(process, [counted])
    if (counted.accepts > 0) {
      accepted += counted.accepts
      acceptors.push(counted.pid)
    }
  }
  for (const [process, threads] of byProcess) addTo(draft, process, threads)
  if (accepted > 0) tell(draft, { kind: 'accepted', pids: acceptors }, accepted)
}

/** All threads of a process at once: of thousands, its maps are copied once. */
function addTo(draft: Draft, process: Process, threads: readonly ThreadCounts[]): void {
  const threadCounts = new Map(process.threadCounts)
  let sum = noCounts
  for (const counted of threads) {
    sum = addCounts(sum, counted)
    threadCounts.set(counted.tid, addCounts(threadCounts.get(counted.tid) ?? noCounts, counted))
  }
  const others = { ...sum, accepts: 0 }
  draft.totals = addCounts(draft.totals, others)
  const counts = addCounts(process.counts, others)
  const changed = change(draft, process, { counts, threadCounts, ...connectionsAfter(process, threads) })
  setAccepts(draft, changed, { probeAccepts: process.probeAccepts + sum.accepts })
}

/** What is open, and who serves, of the program that the process runs now: exec has ended what came before. */
function connectionsAfter(
  process: Process,
  threads: readonly ThreadCounts[],
): Pick<Process, 'open' | 'activities' | 'image'> {
  let { open, image } = process
  const activities = new Map(process.activities)
  for (const { tid, open: more, activity, image: its } of threads) {
    if (its < image) continue
    if (its > image) {
      image = its
      open = 0
      activities.clear()
    }
    open += more
    if (activity) activities.set(tid, activity)
    else activities.delete(tid)
  }
  return { image, open, activities }
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
