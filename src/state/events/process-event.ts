import type { Ending } from './server-event.ts'
import type { Instant } from './time.ts'

/** One process of the server's tree. */
export type ProcessEvent =
  /**
   * `autoReap` tells whether the parent ignores SIGCHLD, so that the kernel reaps the child at once; `index` which
   * of the parent's forks it was, from 0.
   */
  | { type: 'forked'; at: Instant; pid: number; parent: number; autoReap: boolean; index: number }
  | { type: 'fork-failed'; at: Instant; pid: number; errno: string }
  /** The probe was loaded into a program: a new process, or an old one after exec. */
  | { type: 'probed'; at: Instant; pid: number; parent: number }
  | { type: 'exited'; at: Instant; pid: number; code: number }
  | { type: 'reaped'; at: Instant; pid: number; by: number; ending: Ending }
  /** The process set SO_LINGER to {1, 0}: closing that descriptor will send RST. */
  | { type: 'reset-armed'; at: Instant; pid: number; fd: number }
  /** It was told of as one of the server's, and is not: /proc shows it elsewhere. */
  | { type: 'disowned'; at: Instant; pid: number }

export type SignalEvent =
  /** `from` is a pid of the tree, or 'you' when this program sent it. `errno` is set when kill(2) failed. */
  | { type: 'signal-sent'; at: Instant; from: number | 'you'; to: number; signal: string; errno?: string }
  | { type: 'signal-handled'; at: Instant; pid: number; signal: string }

/** What the kernel's tracepoints tell, of processes that the probe is in and of others. */
export type PerfStateEvent =
  /** It was forked, or ran already when its watching began. */
  | { type: 'perf-found'; at: Instant; pid: number; parent: number }
  /** It runs another program from now on. */
  | { type: 'perf-executed'; at: Instant; pid: number }
  | { type: 'perf-ended'; at: Instant; pid: number; ending: Ending | null }
  | { type: 'perf-reaped'; at: Instant; pid: number; by: number; ending: Ending | null }
  /** What threads accepted since this was told before; accepts that found nothing are not always seen. */
  | { type: 'perf-counted'; at: Instant; changes: { pid: number; accepts: number; eagain: number | null }[] }
  | { type: 'perf-signal'; at: Instant; from: number; to: number; signal: string; count: number }
  /** A handler began to run, so often. */
  | { type: 'perf-handled'; at: Instant; pid: number; signal: string; count: number }
