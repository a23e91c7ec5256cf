import type { Duration } from './time.ts'

/** Sums since the load started. */
export type LoadFigures = {
  /** Attempts to connect. A connection of the plan needs several where the server closes before its last request. */
  attempts: number
  /** Attempts that were established. */
  connects: number
  /** Connections of the plan whose requests were all answered. */
  succeeded: number
  /**
   * Connections of the plan that ended with a request without its answer, by errno, or by one of `failureNames` when
   * the answer was not as the protocol wants it.
   */
  failed: Record<string, number>
  /** Attempts that were not established: the server never saw these. */
  refused: number
  /** Requests that were answered. */
  requests: number
  /** Answers by HTTP's status code, without those to requests that failed. */
  statuses: Record<string, number>
  /** Requests sent again, once, since a connection that had been used was closed before any byte of the answer. */
  retried: number
  /** Connections that the server left open after its answer, until the client closed them 200 ms later. */
  unclosed: number
  bytes: number
  /** Time from the first connect to the latest answer or close, so far. */
  elapsed: Duration
  /** Response times of requests: with a rate from when one was due, else from when it began. */
  latency: Latency
  /** Service times, from when a request began; null without a rate, when they are the response times. */
  service: Latency | null
  /** The parts of a latency: connecting, waiting to be accepted, being served; null where they are not seen. */
  connect: Latency | null
  queued: Latency | null
  served: Latency | null
  /** How many connections there will have been in the end, as things stand; 0 before anybody has told. */
  planned: number
  /** How the latencies are distributed, from the bucket of the shortest to that of the longest, without gaps. */
  distribution: LatencyBucket[]
}

/** Times to the last byte of the answer, in milliseconds. */
export type Latency = { p50: Duration; p90: Duration; p99: Duration; p999: Duration; max: Duration }

/** Requests that took at least `from` and less than `to` milliseconds. */
export type LatencyBucket = { from: Duration; to: Duration; count: number }
