import type { Ending, Instant, ProcessEvent } from '../../state/event.ts'

/** What perf tells, in the order of its time but for `accepted`. */
export type PerfEvent =
  /** `autoReap` is what /proc told of the parent just after, at most 100 ms; SA_NOCLDWAIT it does not tell. */
  | Extract<ProcessEvent, { type: 'forked' }>
  /** It ran already when it was added, or was found after records were lost. */
  | { type: 'found'; at: Instant; pid: number; parent: number }
  /** It runs another program now. */
  | { type: 'executed'; at: Instant; pid: number }
  /** Its last thread ended. `ending` is null when it was not seen how. */
  | { type: 'ended'; at: Instant; pid: number; ending: Ending | null }
  /** By wait4. Who calls waitid itself is not seen to reap. */
  | { type: 'reaped'; at: Instant; pid: number; by: number; ending: Ending | null }
  | PerfSignalEvent
  /** What threads accepted since this was told before. */
  | { type: 'accepted'; at: Instant; changes: ThreadAccepts[] }
  /**
   * The handshake of a connection to one of the ports was completed: from now on it waits to be accepted. Told for
   * every listener on that port, whatever its address or network namespace.
   */
  | { type: 'established'; at: Instant; port: number; peerPort: number }
  /** All that happened up to `at` was told; `lost` of its records so far were not, null when that is not known. */
  | { type: 'perf-read'; at: Instant; lost: number | null }
  /** No more will be told. `reason` is a sentence, or null after stop(). */
  | { type: 'perf-ended'; at: Instant; reason: string | null }

export type PerfSignalEvent =
  /**
   * Sent by a process of the tree, or by any other to one of the tree; `count` equal ones in a flood. A signal to
   * a group is told for each receiver, one that failed not at all. `to` is null when that is not known.
   */
  | {
      type: 'signal-sent'
      at: Instant
      from: number
      to: number | null
      signal: string
      outcome: SignalOutcome
      count: number
    }
  /** A handler began to run, so often. */
  | { type: 'signal-handled'; at: Instant; pid: number; signal: string; count: number }

/** `already-pending`: the same signal waited already, and the two became one. */
export type SignalOutcome = 'delivered' | 'ignored' | 'already-pending' | 'lost'

export type ThreadAccepts = {
  pid: number
  tid: number
  /** When this use of the pid was forked, or was found. */
  born: Instant
  accepts: number
  /** Accepts that found the queue empty; null where that is not seen. */
  eagain: number | null
}

/** What is seen of the processes that are watched. */
export type PerfSees = {
  forks: boolean
  accepts: boolean
  eagain: boolean
  signals: boolean
  endings: boolean
  reaps: boolean
  established: boolean
}
