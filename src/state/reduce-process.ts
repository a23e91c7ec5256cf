import { addCounts } from './counts.ts'
import { type Draft, tell } from './draft.ts'
import type { Ending, Millis, ProcessEvent } from './event.ts'
import { countSignal } from './reduce-signal.ts'
import { noCounts, type Process } from './state.ts'

/** /proc tells a process's start to 10 ms; two births further apart than this are of two processes. */
export const BIRTH_TOLERANCE: Millis = 100

export function reduceProcess(draft: Draft, event: ProcessEvent): void {
  switch (event.type) {
    case 'forked':
      return addForked(draft, event)
    case 'probed': {
      const known = living(draft, event.pid)
      if (known) draft.processes.set(event.pid, { ...known, probed: true })
      else addProcess(draft, { pid: event.pid, parent: event.parent, born: event.at, probed: true })
      return
    }
    case 'fork-failed':
      return tell(draft, { kind: 'fork-failed', pid: event.pid, errno: event.errno })
    case 'exited':
      return markExited(draft, event.pid, event.at, { code: event.code })
    case 'reaped':
      return markReaped(draft, event)
    case 'reset-armed':
      return tell(draft, { kind: 'reset-armed', pid: event.pid })
  }
}

function addForked(
  draft: Draft,
  { at, pid, parent, autoReap, index }: Extract<ProcessEvent, { type: 'forked' }>,
): void {
  // It may have been seen in /proc before its own word was read.
  const seen = living(draft, pid)
  if (seen && seen.born >= at - BIRTH_TOLERANCE)
    draft.processes.set(pid, { ...seen, autoReap, index, probed: true })
  else addProcess(draft, { pid, parent, born: at, autoReap, index, probed: true })
  tell(draft, { kind: 'forked', pid, parent })
}

/** The process of that pid, unless it was reaped: then the pid may be another's by now. */
export function living(draft: Draft, pid: number): Process | undefined {
  const process = draft.processes.get(pid)
  return process?.reaped ? undefined : process
}

/** Adds a process that is seen for the first time. An ended one of the same pid goes to the departed. */
export function addProcess(
  draft: Draft,
  given: Pick<Process, 'pid' | 'parent' | 'born'> & Partial<Process>,
): Process {
  const before = draft.processes.get(given.pid)
  if (before && !before.reaped) markReaped(draft, { pid: given.pid, by: 0, at: given.born, ending: null })
  if (before) depart(draft, draft.processes.get(given.pid)!)
  const parent = draft.processes.get(given.parent)
  const index = given.index ?? parent?.children ?? 0
  if (parent) draft.processes.set(parent.pid, { ...parent, children: Math.max(parent.children, index + 1) })
  const process: Process = {
    index,
    children: 0,
    name: '',
    state: null,
    waitsIn: null,
    cpu: 0,
    cpuShare: 0,
    memory: 0,
    orphan: false,
    threads: 1,
    threadList: [],
    probed: false,
    sampledAt: 0,
    catches: [],
    ignores: [],
    switches: 0,
    counts: noCounts,
    autoReap: false,
    exited: null,
    reaped: null,
    ...given,
  }
  draft.seen++
  draft.processes.set(process.pid, process)
  return process
}

/** The process ended; until somebody reaps it, it is a zombie. */
export function markExited(
  draft: Draft,
  pid: number,
  at: Millis,
  ending: Ending | null,
  { asZombie = true } = {},
): void {
  const known = draft.processes.get(pid)
  // Whoever reaped it may have told so before the probe's own word of its end was read.
  if (known?.reaped && known.reaped.at >= at) {
    const late = { ...known, exited: { at, ending } }
    if (known.exited?.ending === null) draft.processes.set(pid, late)
    return
  }
  const process = living(draft, pid) ?? addProcess(draft, { pid, parent: 0, born: at })
  if (process.exited) return
  const exited = { ...process, exited: { at, ending } }
  draft.processes.set(pid, exited)
  if (process.autoReap) {
    tell(draft, { kind: 'exited', pid, parent: process.parent, ending })
    draft.processes.set(pid, { ...exited, reaped: { at, by: null } })
    draft.ended.push(pid)
    return
  }
  if (asZombie && canBeZombie(draft, pid)) {
    const now = draft.zombies.now + 1
    draft.zombies = { ...draft.zombies, now, peak: Math.max(draft.zombies.peak, now) }
  }
  tell(draft, { kind: 'exited', pid, parent: process.parent, ending })
  if (isOfTree(draft, process.parent))
    countSignal(draft, { name: 'SIGCHLD', from: 'kernel', to: process.parent })
}

/**
 * The process was waited for, or is simply not there any more (`by` 0). What the launcher reaps may be known, and
 * forgotten, already.
 */
export function markReaped(
  draft: Draft,
  { pid, by, at, ending }: { pid: number; by: number; at: Millis; ending: Ending | null },
): void {
  if (!living(draft, pid)) {
    if (draft.processes.has(pid) || by === draft.server.launcher) return
    addProcess(draft, { pid, parent: by, born: at })
  }
  // Nobody saw it between its end and now, so it is not counted as a zombie.
  const wasZombie = living(draft, pid)!.exited !== null
  if (!wasZombie) markExited(draft, pid, at, ending, { asZombie: false })
  const process = draft.processes.get(pid)!
  if (process.reaped) return
  const exited = { at: process.exited!.at, ending: ending ?? process.exited!.ending }
  draft.processes.set(pid, { ...process, exited, reaped: { at, by: by || null } })
  draft.ended.push(pid)
  if (wasZombie && canBeZombie(draft, pid)) {
    const { now, longest } = draft.zombies
    draft.zombies = { ...draft.zombies, now: now - 1, longest: Math.max(longest, at - exited.at) }
  }
  if (by) tell(draft, { kind: 'reaped', pid, by: by === draft.server.launcher ? 'launcher' : by })
}

/** The server's first process is our launcher's child, and no zombie of the server's making. */
function canBeZombie(draft: Draft, pid: number): boolean {
  return pid !== draft.server.pid
}

function isOfTree(draft: Draft, pid: number): boolean {
  return draft.processes.has(pid)
}

/** How long an ended process stays listed: longer when it is a surprise. */
const SHOW_NORMAL: Millis = 2000
const SHOW_SURPRISE: Millis = 60_000
const MOST_ENDED = 200
const MOST_COUNTED = 2000

/**
 * Lets ended processes go when they were shown for a while. One that accepted connections stays, with its count,
 * as long as there are not thousands of them.
 */
export function forgetEnded(draft: Draft): void {
  if (draft.ended.length === 0) return
  let listed = draft.ended.length
  const kept = draft.ended.filter((pid) => {
    const process = draft.processes.get(pid)
    if (!process?.reaped) return false
    const has = process.counts.accepts + process.counts.received > 0
    const old =
      draft.now - process.reaped.at > (isSurprise(process.exited!.ending) ? SHOW_SURPRISE : SHOW_NORMAL)
    if (!(listed > (has ? MOST_COUNTED : MOST_ENDED) || (old && !has))) return true
    listed--
    depart(draft, process)
    return false
  })
  if (kept.length !== draft.ended.length) draft.ended = kept
}

function isSurprise(ending: Ending | null): boolean {
  return ending !== null && !('code' in ending && ending.code === 0)
}

function depart(draft: Draft, process: Process): void {
  draft.processes.delete(process.pid)
  const { processes, counts } = draft.departed
  draft.departed = { processes: processes + 1, counts: addCounts(counts, process.counts) }
}
