import type { LoadPlan, Millis } from '../state/event.ts'
import type { SparseHistogram } from './histogram.ts'

/** What a worker is told, as one line of JSON on its standard input. After it only `stop` comes, or the end. */
export type WorkerPlan = LoadPlan & {
  /** How long a connection may make no progress before it counts as ETIMEDOUT. */
  patience: Millis
  /** Path of the file for the shared counts: see counts.ts. */
  counts: string
}

/**
 * What a worker reports beside its shared counts, as a line of JSON on its standard output, ten times a second and
 * when it is done.
 */
export type WorkerReport = {
  failed: Record<string, number>
  /** Monotonic times of the first connect and of the latest end of a connection. */
  first: Millis
  last: Millis
  histogram: SparseHistogram
  done: boolean
  stopped: boolean
}
