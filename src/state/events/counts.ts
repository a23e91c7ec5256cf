import type { Duration, Instant } from './time.ts'

/** What was counted, of a thread or of several together. */
export type Counts = {
  /** Connections accepted. */
  accepts: number
  /** Descriptors received over a Unix socket. */
  received: number
  /** Descriptors passed over a Unix socket. */
  passed: number
  /** Returns from waiting for a connection: from accept, or from select, poll or epoll_wait with accept next. */
  wakeups: number
  /** Accepts that found the queue empty. */
  eagain: number
  /** Turns on connections from reading to writing: answers begun. Several requests sent at once are one. */
  requests: number
  /** Bytes read from connections that the server accepted, and written to them. */
  bytesIn: number
  bytesOut: number
  /** Time that it served and waited for clients, up to its present activity. */
  serving: Duration
  waiting: Duration
}

/**
 * What the probe counted in one thread since the reading before. `born` tells apart two uses of one pid; pid and tid
 * are 0 for the sum of all threads for which the probe had no place left.
 */
export type ThreadCounts = Counts & {
  pid: number
  tid: number
  born: Instant
  /** Connections that it opened less those that it closed, of its process's. */
  open: number
  /** What it does now; null when it never had a connection, or has ended. */
  activity: Activity | null
  /** When its process began to run its program: tells apart what was counted before an exec and after. */
  image: Instant
}

/**
 * What a thread does about connections, and since when. It serves while it is its turn on any, waits while a client's
 * has begun, and else is idle.
 */
export type Activity = { doing: 'serving' | 'waiting' | 'idle'; since: Instant }
