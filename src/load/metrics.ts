import { monotonic } from '../clock.ts'
import { type CountName, PLACE } from './counts.ts'
import { Histogram } from './histogram.ts'
import type { LocalInstant } from './local-instant.ts'
import type { WorkerReport } from './worker-messages.ts'

const STATUSES = 1000

/** What the clients of one worker have done so far. */
export class Metrics {
  failed: Record<string, number> = {}
  /** Answers by HTTP's status code. */
  readonly #statuses = new Uint32Array(STATUSES)
  /** Times from when requests were due to the end of their answers. */
  readonly #response = new Histogram()
  /** Times from when they began: without a rate the same. */
  readonly #service = new Histogram()
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

  /** An attempt to connect begins; the time is one of performance.now(), as below. */
  attempt(time: LocalInstant): void {
    if (this.#first === 0) this.#first = time + this.#offset
    this.count('attempts')
  }

  /** A request that was due and begun then was answered now; `status` is 0 where there is none. */
  answered(now: LocalInstant, dueAt: LocalInstant, begunAt: LocalInstant, status: number): void {
    this.count('requests')
    if (status > 0) this.#statuses[status]!++
    this.#response.record((now - dueAt) * 1000)
    this.#service.record((now - begunAt) * 1000)
    this.end(now)
  }

  fail(name: string): void {
    this.failed[name] = (this.failed[name] ?? 0) + 1
  }

  /** A connection, or a request, is over. */
  end(time: LocalInstant): void {
    this.#last = time + this.#offset
  }

  report(given: Pick<WorkerReport, 'done' | 'order' | 'stopped' | 'planned' | 'found'>): WorkerReport {
    return {
      failed: this.failed,
      statuses: this.#sparseStatuses(),
      first: this.#first,
      last: this.#last,
      response: this.#response.sparse(),
      service: this.#service.sparse(),
      ...given,
    }
  }

  #sparseStatuses(): Record<string, number> {
    const seen: Record<string, number> = {}
    for (const [status, count] of this.#statuses.entries()) if (count > 0) seen[status] = count
    return seen
  }
}
