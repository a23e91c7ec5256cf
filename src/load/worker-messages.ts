import type { Duration, FoundProtocol, Instant, LoadPlan } from '../state/event.ts'
import type { SparseHistogram } from './histogram.ts'
import type { SilenceLimits } from './protocols/auto.ts'

/** One worker's part of a load. Its clients, connections and rate are its own share of the whole. */
export type WorkerPlan = LoadPlan & {
  /** How long a connection may make no progress before it counts as ETIMEDOUT. */
  idleTimeout: Duration
  /** By which part of an interval its arrivals lie behind the first worker's, so that they do not come in pairs. */
  phase: number
  /** Where the service is `auto`: whether this worker finds out what the server speaks; the others wait for that. */
  asks: boolean
  /** How long a server may be silent before it is asked in another way. */
  silenceLimits: SilenceLimits
}

/**
 * What a worker is told, each a line of JSON on its standard input: first a plan with the path of the file for the
 * shared counts (see counts.ts) and of that with the ledger of the server's accepts, then other plans while it runs, or to stop. The end of the input ends it.
 */
export type WorkerOrder =
  | { plan: WorkerPlan; order: number; counts?: string; ledger?: string | null }
  | { stop: true }

/**
 * What a worker reports beside its shared counts, as a line of JSON on its standard output, ten times a second, when
 * it has found what the server speaks, and when it has nothing left to do.
 */
export type WorkerReport = {
  failed: Record<string, number>
  statuses: Record<string, number>
  /** Monotonic times of the first connect and of the latest answer or end of a connection. */
  first: Instant
  last: Instant
  /** From when a request was due, or without a rate from when it began. */
  response: SparseHistogram
  /** From when it began. */
  service: SparseHistogram
  /** The parts of these times, as far as they are known. */
  connect: SparseHistogram
  queued: SparseHistogram
  served: SparseHistogram
  /** Nothing is left to do of the plan with the number `order`. */
  done: boolean
  order: number
  stopped: boolean
  /** How many connections it will have made in the end, as things stand. */
  planned: number
  found: FoundProtocol | null
}
