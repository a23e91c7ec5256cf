import type { Ending } from './server-event.ts'
import type { Duration, Instant } from './time.ts'

/** What /proc says of one process. */
export type ProcessSample = {
  pid: number
  parent: number
  /** When the process started, to 10 ms. */
  born: Instant
  /** The same in clock ticks since boot, exactly as the kernel tells it: tells apart two uses of one pid. */
  startTicks: number
  /** The name the process gives itself, control characters stripped. */
  name: string
  state: string
  /** CPU time used, user and system, in milliseconds. */
  cpu: Duration
  /** Resident memory in bytes. */
  memory: number
  threads: number
  /** The system call it waits in, `running`, or null where the kernel does not tell. */
  waitsIn: string | null
  /** How it ended, of a zombie. */
  ending?: Ending
  /** Signals that it catches and ignores, by name; absent when not sampled. */
  catches?: string[]
  ignores?: string[]
  /** How often its threads gave up their processor to wait: voluntary context switches. */
  switches?: number
  /** How long its threads could have run and were not let, all together. */
  runDelay?: Duration
  /** What it calls itself in the place of its command line, as `nginx: worker process`, control characters stripped. */
  title?: string
  /** Its threads but the first, when they were looked at. */
  threadList?: ThreadSample[]
  /** Whether the probe is in it. A process without it is blind: nothing is counted there. */
  probed: boolean
}

/** What /proc says of one thread. */
export type ThreadSample = { tid: number; name: string; state: string; waitsIn: string | null; cpu: Duration }
