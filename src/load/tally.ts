import { monotonic } from '../clock.ts'
import { Histogram } from './histogram.ts'
import type { WorkerReport } from './protocol.ts'

/** What the clients of one worker have done so far. */
export class Tally {
  /** Clients that still have something to do. */
  active = 0
  attempts = 0
  connects = 0
  succeeded = 0
  failed: Record<string, number> = {}
  refused = 0
  bytes = 0
  readonly histogram = new Histogram()
  /** What to add to performance.now(), which is cheaper to ask, to get CLOCK_MONOTONIC. */
  readonly #offset = monotonic() - performance.now()
  #first = 0
  #last = 0

  /** A connection begins; the time is one of performance.now(). */
  begin(time: number): void {
    if (this.#first === 0) this.#first = time + this.#offset
  }

  /** A connection is over. */
  end(time: number): void {
    this.#last = time + this.#offset
  }

  report(done: boolean, stopped: boolean): WorkerReport {
    const { attempts, connects, succeeded, failed, refused, bytes, histogram } = this
    const counts = { attempts, connects, succeeded, failed, refused, bytes }
    return { ...counts, first: this.#first, last: this.#last, histogram: histogram.sparse(), done, stopped }
  }
}
