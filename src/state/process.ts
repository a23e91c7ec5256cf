import type { Activity, Counts, Duration, Ending, Instant, ThreadSample } from './event.ts'

export type Process = {
  pid: number
  /** Who forked it; it stays so when that one is gone. */
  parent: number
  /** Its parent is gone, and the launcher has adopted it. */
  orphan: boolean
  /** Its place among its parent's children, in the order in which they were first seen, from 0. */
  index: number
  /** How many children of it were seen so far. */
  children: number
  born: Instant
  /** When it started, as the kernel counts: null until it was sampled. */
  startTicks: number | null
  /** Whether it told of its fork itself. */
  isAnnounced: boolean
  name: string
  /** R, S, D, T, Z as /proc tells; null until it was sampled. */
  state: string | null
  waitsIn: string | null
  cpu: Duration
  /** Share of one core used between the last two samples, from 0 to 1 for each thread. */
  cpuShare: number
  memory: number
  threads: number
  threadList: readonly Thread[]
  /** What each of its threads counted, by thread id, while it lives. */
  threadCounts: ReadonlyMap<number, Counts>
  /** What each of its threads does about connections, by thread id: those that ever had one, while they live. */
  activities: ReadonlyMap<number, Activity>
  /** Connections that it holds. */
  open: number
  /** When the program began to run that it runs. */
  image: Instant
  /** How long its threads had served when the load began and ended; null before. */
  loadBegan: ServedBy | null
  loadEnded: ServedBy | null
  probed: boolean
  /** When the probe last told that it is in it. */
  probedAt: Instant
  /** When it began to run its program, where perf has told of it; else 0. */
  executedAt: Instant
  sampledAt: Instant
  catches: readonly string[]
  ignores: readonly string[]
  /** How often it gave up its processor to wait, as last looked at. */
  switches: number
  /** How long it could have run and was not let, as last looked at. */
  runDelay: Duration
  /** What it calls itself in the place of its command line; empty when that is a command line. */
  title: string
  /** What it did, as far as any source has seen. */
  counts: Counts
  /** What it accepted as the probe counted it, and as perf did; null where perf has counted nothing of it. */
  probeAccepts: number
  perfAccepts: number | null
  /** The kernel reaps it without being asked. */
  autoReap: boolean
  exited: { at: Instant; ending: Ending | null } | null
  /** `by` is null when nobody waited for it that we saw. */
  reaped: { at: Instant; by: number | null } | null
}

/** How long the threads of a process had served, and waited for clients, at a moment. */
export type ServedBy = { at: Instant; serving: Duration; waiting: Duration }

export type Thread = ThreadSample & { cpuShare: number }

export type Departed = { processes: number; counts: Counts }
