import { addCounts } from './counts.ts'
import type { Draft } from './draft.ts'
import type { ThreadCounts } from './event.ts'
import { tell } from './log.ts'
import { BIRTH_TOLERANCE, change } from './process-table.ts'
import { noCounts, type Process } from './state.ts'

/** Adds what threads counted since the last reading to themselves, to their processes and to the sum of all. */
export function reduceCounters(draft: Draft, changes: readonly ThreadCounts[]): void {
  let accepted = 0
  const acceptors: number[] = []
  for (const counted of changes) {
    draft.totals = addCounts(draft.totals, counted)
    const process = processOf(draft, counted)
    if (process) addTo(draft, process, counted)
    else draft.departed = { ...draft.departed, counts: addCounts(draft.departed.counts, counted) }
    if (counted.accepts > 0) {
      accepted += counted.accepts
      acceptors.push(counted.pid)
    }
  }
  if (accepted > 0) tell(draft, { kind: 'accepted', pids: acceptors }, accepted)
}

function addTo(draft: Draft, process: Process, counted: ThreadCounts): void {
  const counts = addCounts(process.counts, counted)
  const before = process.threadCounts.get(counted.tid) ?? noCounts
  const threadCounts = new Map(process.threadCounts).set(counted.tid, addCounts(before, counted))
  change(draft, process, { counts, threadCounts })
}

function processOf(draft: Draft, { pid, born }: ThreadCounts): Process | undefined {
  const process = draft.processes.get(pid)
  return process && process.born <= born + BIRTH_TOLERANCE ? process : undefined
}
