import type { Ending, FoundProtocol, GeneratorPlan, Instant, LoadFigures, LoadPlan } from './event.ts'

export type Load = {
  phase: 'idle' | 'running' | 'ended'
  /** Of our own clients; null when there are none, as beside a generator. */
  plan: LoadPlan | null
  /** The user's own, which makes the load in the place of our clients. */
  generator: Generator | null
  /** What our own clients did; nothing is known so of a generator. */
  figures: LoadFigures
  startedAt: Instant
  endedAt: Instant
  stopped: boolean
  error: string | null
  /** Successes and answers at the last few reports, for the momentary rates. */
  recent: readonly { at: Instant; succeeded: number; requests: number }[]
  /** What the server was found to speak; null where nobody had to find out, or has not yet. */
  found: FoundProtocol | null
  /** Sums of the loads before this one, on the same server. */
  before: { established: number; refused: number }
  /** Whether its end was marked in the processes. */
  isMarked: boolean
}

export type Generator = GeneratorPlan & {
  /** How its first process ended; null while it lives, or when it was never started. */
  ending: Ending | null
  /** The last lines that it printed. */
  output: readonly string[]
}
