import { addCounts, subtractCounts } from './counts.ts'
import { type Draft, tell } from './draft.ts'
import type { ThreadCounters } from './event.ts'
import { BIRTH_TOLERANCE } from './reduce-process.ts'
import { noCounts, type Process } from './state.ts'

/** Adds what threads counted since the last reading to their processes. */
export function reduceCounters(draft: Draft, counters: readonly ThreadCounters[]): void {
  let accepted = 0
  const acceptors: number[] = []
  for (const counter of counters) {
    const change = subtractCounts(counter, draft.threads.get(counter.slot) ?? noCounts)
    draft.threads.set(counter.slot, counter)
    const process = processOf(draft, counter)
    if (process) draft.processes.set(process.pid, { ...process, counts: addCounts(process.counts, change) })
    else draft.departed = { ...draft.departed, counts: addCounts(draft.departed.counts, change) }
    if (change.accepts > 0) {
      accepted += change.accepts
      acceptors.push(counter.pid)
    }
  }
  if (accepted > 0) tell(draft, { kind: 'accepted', pids: acceptors }, accepted)
}

function processOf(draft: Draft, { pid, born }: ThreadCounters): Process | undefined {
  const process = draft.processes.get(pid)
  return process && process.born <= born + BIRTH_TOLERANCE ? process : undefined
}
