import { addCounts, noCounts } from './counts.ts'
import type { Draft } from './draft.ts'
import { endingKey } from './ending.ts'
import type { Duration, Ending, Instant } from './event.ts'
import { tell } from './log.ts'
import { countSignal } from './reduce-signal.ts'
import { MOST_KEPT, MOST_KEPT_WITH_COUNTS, retentionOf } from './retention.ts'
import type { Process } from './state.ts'

/** Two clocks that are read one after the other, and /proc's 10 ms: births closer than this may be one. */
export const BIRTH_TOLERANCE: Duration = 100
/** Ended processes are looked through when so many have come since the last time. */
const FORGET_EVERY = 50

/** The process of that pid, unless it was reaped: then the pid may be another's by now. */
export function findLiving(draft: Draft, pid: number): Process | undefined {
  const process = draft.processes.get(pid)
  return process?.reaped ? undefined : process
}

/** Puts the process, changed, back into the table. Returns it. */
export function change(draft: Draft, process: Process, by: Partial<Process>): Process {
  const changed = Object.assign({ ...process }, by)
  draft.edit('processes').set(process.pid, changed)
  return changed
}

const noThreads: Process['threadCounts'] = new Map()
const noActivities: Process['activities'] = new Map()

/** What is known of a process when it is seen for the first time. */
type FirstSight = Pick<Process, 'pid' | 'parent' | 'born'> &
  Partial<Pick<Process, 'index' | 'probed' | 'probedAt' | 'autoReap' | 'isAnnounced'>>

/** Adds a process that is seen for the first time. An ended one of the same pid goes to the departed. */
export function add(draft: Draft, given: FirstSight): Process {
  const before = draft.processes.get(given.pid)
  if (before && !before.reaped) reap(draft, { pid: given.pid, by: 0, at: given.born, ending: null })
  if (before) depart(draft, draft.processes.get(given.pid)!)
  const parent = draft.processes.get(given.parent)
  const index = given.index ?? parent?.children ?? 0
  if (parent) change(draft, parent, { children: Math.max(parent.children, index + 1) })
  const process = newProcess(given, index)
  draft.seen++
  if (!isFirst(draft, process.pid)) draft.forked++
  draft.edit('processes').set(process.pid, process)
  return process
}

function newProcess(given: FirstSight, index: number): Process {
  // All fields in one literal: spreading two objects into a third costs more than all the rest of the reducer.
  return {
    pid: given.pid,
    parent: given.parent,
    born: given.born,
    index,
    children: 0,
    startTicks: null,
    isAnnounced: given.isAnnounced ?? false,
    name: '',
    state: null,
    waitsIn: null,
    cpu: 0,
    cpuShare: 0,
    memory: 0,
    orphan: false,
    threads: 1,
    threadList: [],
    threadCounts: noThreads,
    activities: noActivities,
    open: 0,
    image: 0,
    loadBegan: null,
    loadEnded: null,
    probed: given.probed ?? false,
    probedAt: given.probedAt ?? 0,
    executedAt: 0,
    sampledAt: 0,
    catches: [],
    ignores: [],
    switches: 0,
    runDelay: 0,
    title: '',
    counts: noCounts,
    probeAccepts: 0,
    perfAccepts: null,
    autoReap: given.autoReap ?? false,
    exited: null,
    reaped: null,
  }
}

/** The process ended; until somebody reaps it, it is a zombie. */
export function end(
  draft: Draft,
  pid: number,
  at: Instant,
  ending: Ending | null,
  { asZombie = true } = {},
): void {
  const known = draft.processes.get(pid)
  // Whoever reaped it may have told so before what the probe noted of its end was read.
  if (known?.reaped && known.reaped.at >= at) {
    if (known.exited?.ending === null) {
      change(draft, known, { exited: { at, ending } })
      countExit(draft, null, -1)
      countExit(draft, ending, 1)
    }
    return
  }
  const process = findLiving(draft, pid) ?? add(draft, { pid, parent: 0, born: at })
  if (process.exited) return
  const exited = { at, ending }
  if (process.autoReap) {
    tell(draft, { kind: 'exited', pid, parent: process.parent, ending })
    return finish(draft, process, { exited, reaped: { at, by: null } })
  }
  change(draft, process, { exited })
  if (asZombie && canBeZombie(draft, pid)) {
    const now = draft.zombies.now + 1
    draft.zombies = { ...draft.zombies, now, peak: Math.max(draft.zombies.peak, now) }
  }
  tell(draft, { kind: 'exited', pid, parent: process.parent, ending })
  if (draft.processes.has(process.parent))
    countSignal(draft, { name: 'SIGCHLD', from: 'kernel', to: process.parent })
}

/** It was told to have ended, and /proc shows that it goes on: as the parent of a vfork child that has ended. */
export function revive(draft: Draft, process: Process): Process {
  if (canBeZombie(draft, process.pid)) draft.zombies = { ...draft.zombies, now: draft.zombies.now - 1 }
  return change(draft, process, { exited: null })
}

/**
 * The process was waited for, or is simply not there any more (`by` 0). What the launcher reaps may be known, and
 * forgotten, already.
 */
export function reap(
  draft: Draft,
  { pid, by, at, ending }: { pid: number; by: number; at: Instant; ending: Ending | null },
): void {
  if (!findLiving(draft, pid)) {
    if (draft.processes.has(pid) || by === draft.server.launcher) return
    add(draft, { pid, parent: by, born: at })
  }
  // Nobody saw it between its end and now, so it is not counted as a zombie.
  const wasZombie = findLiving(draft, pid)!.exited !== null
  if (!wasZombie) end(draft, pid, at, ending, { asZombie: false })
  const process = draft.processes.get(pid)!
  if (process.reaped) return
  const exited = { at: process.exited!.at, ending: ending ?? process.exited!.ending }
  if (wasZombie && canBeZombie(draft, pid)) {
    const { now, longest } = draft.zombies
    draft.zombies = { ...draft.zombies, now: now - 1, longest: Math.max(longest, at - exited.at) }
  }
  if (by) tell(draft, { kind: 'reaped', pid, by: by === draft.server.launcher ? 'launcher' : by })
  finish(draft, process, { exited, reaped: { at, by: by || null } })
}

/** Nothing of the process is left in the kernel. */
function finish(draft: Draft, process: Process, ended: Pick<Process, 'exited' | 'reaped'>): void {
  change(draft, process, ended)
  if (!isFirst(draft, process.pid)) draft.reaped++
  countExit(draft, ended.exited!.ending, 1)
  draft.edit('ended').push(process.pid)
  if (draft.ended.length >= draft.forgetAt) forgetEnded(draft)
}

function countExit(draft: Draft, ending: Ending | null, by: number): void {
  const key = endingKey(ending)
  const count = (draft.exits.get(key)?.count ?? 0) + by
  if (count > 0) draft.edit('exits').set(key, { ending, count })
  else draft.edit('exits').delete(key)
}

/** The server's first process is our launcher's child, and no zombie of the server's making. */
function canBeZombie(draft: Draft, pid: number): boolean {
  return !isFirst(draft, pid)
}

/** Whether it is the process that the launcher started, which nobody of the server forked. */
function isFirst(draft: Draft, pid: number): boolean {
  const { server, processes } = draft
  return pid === server.pid || (server.pid === null && processes.size === 0)
}

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
    const old = draft.now - process.reaped.at > retentionOf(process.exited!.ending).kept
    if (!(listed > (has ? MOST_KEPT_WITH_COUNTS : MOST_KEPT) || (old && !has))) return true
    listed--
    depart(draft, process)
    return false
  })
  if (kept.length < draft.ended.length) draft.edit('ended').splice(0, Number.POSITIVE_INFINITY, ...kept)
  draft.forgetAt = Math.max(MOST_KEPT, kept.length) + FORGET_EVERY
}

/** Takes out of the table who was never one of the server's processes. */
export function disown(draft: Draft, pid: number): void {
  const process = draft.processes.get(pid)
  if (!process || process.reaped) return
  if (process.exited) draft.zombies = { ...draft.zombies, now: draft.zombies.now - 1 }
  if (!isFirst(draft, pid)) draft.forked--
  draft.seen--
  draft.edit('processes').delete(pid)
}

function depart(draft: Draft, process: Process): void {
  draft.edit('processes').delete(process.pid)
  const { processes, counts } = draft.departed
  draft.departed = { processes: processes + 1, counts: addCounts(counts, process.counts) }
}
