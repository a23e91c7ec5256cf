import { monotonic } from '../clock.ts'
import { type CountName, PLACE } from './counts.ts'
import { Histogram } from './histogram.ts'
import type { WorkerReport } from './worker-messages.ts'

/** What the clients of one worker have done so far. */
export class Metrics {
  failed: Record<string, number> = {}
  /** Times from when connections were due to the end of their answers. */
  readonly response = new Histogram()
  /** Times from when they began: without a rate the same. */
  readonly service = new Histogram()
  readonly #shared: Float64Array
  /** What to add to performance.now(), which is cheaper to ask, to get CLOCK_MONOTONIC. */
  readonly #offset = monotonic() - performance.now()
  #first = 0
  #last = 0

  constructor(shared: Float64Array) {
    this.#shared = shared
  }

  count(name: CountName, n = 1): void {
    this.#shared[PLACE[name]]! += n
  }

  /** A connection begins; the time is one of performance.now(). */
  begin(time: number): void {
    if (this.#first === 0) this.#first = time + this.#offset
    this.count('attempts')
  }

  /** A connection is over. */
  end(time: number): void {
    this.#last = time + this.#offset
  }

  report(given: Pick<WorkerReport, 'done' | 'order' | 'stopped' | 'planned'>): WorkerReport {
    const { failed, response, service } = this
    const histograms = { response: response.sparse(), service: service.sparse() }
    return { failed, first: this.#first, last: this.#last, ...histograms, ...given }
  }
}
