import { listChildren } from '../observe/list-children.ts'
import { isZombie, statOf } from '../observe/proc-stat.ts'
import { allPids } from '../observe/process-facts.ts'
import { isMapped } from '../observe/shared-mapping.ts'
import { bearsRun } from './find-run.ts'

/** A process that was looked at in /proc: when it started tells it from a later one with the same pid. */
export type KnownProcess = { pid: number; startTicks: number }

/**
 * By what the processes of a run are known when their launcher is gone. A server may overwrite its environment, as
 * nginx and PostgreSQL do to show a title, or leave its session, as a daemon does; it hardly does all of it.
 */
export type Traces = {
  run: string
  /** The session that the launcher began; null before it ran. */
  session: number | null
  /** What a mapping of the probe's file looks like: see shared-mapping.ts; null without a probe. */
  mapping: string | null
  /** Those that were seen in /proc, while the launcher was there, and have not ended as far as is known. */
  known(): readonly KnownProcess[]
}

/**
 * The living processes of the run, each as soon as it is found: one that lives on in child after child must be caught
 * between two of them. Give the same set of `strangers` to look again at the new ones only.
 */
export function* eachLeft(traces: Traces, strangers = new Set<number>()): Generator<number> {
  const found = new Set<number>()
  const known = new Map(traces.known().map(({ pid, startTicks }) => [pid, startTicks]))
  for (const pid of allPids().sort((a, b) => b - a)) {
    if (strangers.has(pid) || pid === process.pid) continue
    const left = isLeft(pid, traces, known.get(pid))
    if (left === false) strangers.add(pid)
    if (left) yield* withDescendants(pid, found)
  }
}

/** Null when it cannot be told, or not yet: between fork and exec a process has no environment. */
function isLeft(pid: number, traces: Traces, startTicks: number | undefined): boolean | null {
  const stat = statOf(pid)
  if (!stat || stat.state === 'X' || isZombie(stat)) return null
  const { session, startTime } = stat
  if (startTime === startTicks || session === traces.session) return true
  const bears = bearsRun(pid, traces.run)
  if (bears) return true
  return traces.mapping !== null && isMapped(pid, traces.mapping) ? true : bears
}

function* withDescendants(pid: number, found: Set<number>): Generator<number> {
  if (found.has(pid)) return
  found.add(pid)
  yield pid
  for (const child of listChildren(pid)) yield* withDescendants(child, found)
}
