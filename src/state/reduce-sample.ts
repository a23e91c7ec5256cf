import type { Draft } from './draft.ts'
import type { Duration, Event, Instant, ProcessSample, ThreadSample } from './event.ts'
import { tell } from './log.ts'
import { add, BIRTH_TOLERANCE, change, end, findLiving, reap, revive } from './process-table.ts'
import type { Process, Thread } from './state.ts'

/** Between its last word and its end a process runs its exit handlers. */
const ENDING: Duration = 200

export function reduceSample(
  draft: Draft,
  { at, processes, gone }: Extract<Event, { type: 'sampled' }>,
): void {
  for (const sample of processes) reduceOne(draft, at, sample)
  for (const pid of gone) if (findLiving(draft, pid)) reap(draft, { pid, by: 0, at, ending: null })
}

function reduceOne(draft: Draft, at: Instant, sample: ProcessSample): void {
  const known = processOf(draft, sample)
  if (!known) return
  const goesOn = known.exited !== null && sample.state !== 'Z' && at - known.exited.at > ENDING
  const before = goesOn ? revive(draft, known) : known
  const orphan =
    sample.parent !== before.parent && sample.parent === draft.server.launcher && before.parent !== 0
  const { ending, threadList = [], ...seen } = sample
  change(draft, before, {
    ...seen,
    born: before.born,
    parent: before.parent || sample.parent,
    orphan,
    cpuShare: share(before, sample.cpu, before.cpu, at),
    threadList: reduceThreads(before, threadList, at),
    sampledAt: at,
  })
  if (orphan && !before.orphan && !before.exited) tell(draft, { kind: 'orphaned', pid: sample.pid })
  if (before.state !== 'T' && sample.state === 'T') tell(draft, { kind: 'stopped', pid: sample.pid })
  if (before.state === 'T' && sample.state !== 'T' && sample.state !== 'Z')
    tell(draft, { kind: 'continued', pid: sample.pid })
  if (sample.state === 'Z') end(draft, sample.pid, at, ending ?? null)
}

/** The process that the sample is of, new if need be; undefined when it is of one that we know to be reaped. */
function processOf(draft: Draft, sample: ProcessSample): Process | undefined {
  const { pid, parent, born } = sample
  const known = draft.processes.get(pid)
  if (!known || isLater(sample, known)) return add(draft, { pid, parent, born })
  return known.reaped ? undefined : known
}

/** Whether the sample is of a later process with the same pid. */
function isLater({ born, startTicks }: ProcessSample, known: Process): boolean {
  if (known.startTicks !== null) return known.startTicks !== startTicks
  return born > known.born + BIRTH_TOLERANCE
}

function reduceThreads(process: Process, threads: readonly ThreadSample[], at: Instant): Thread[] {
  const cpuBefore = new Map(process.threadList.map(({ tid, cpu }) => [tid, cpu]))
  return threads.map((thread) => {
    const before = cpuBefore.get(thread.tid)
    return { ...thread, cpuShare: before === undefined ? 0 : share(process, thread.cpu, before, at) }
  })
}

/** Share of a core used since the process was sampled before. */
function share({ sampledAt }: Process, cpu: Duration, before: Duration, at: Instant): number {
  return sampledAt === 0 ? 0 : Math.max(0, cpu - before) / Math.max(1, at - sampledAt)
}
