import { monotonic } from '../clock.ts'
import type { Ledger } from '../observe/ledger.ts'
import type { Duration } from '../state/event.ts'
import type { Connection } from './connection.ts'
import { type CountName, PLACE } from './counts.ts'
import { Histogram } from './histogram.ts'
import type { LocalInstant } from './local-instant.ts'
import type { WorkerReport } from './worker-messages.ts'

const STATUSES = 1000
/** A connection may be accepted before its client has noticed that it is established. */
const TOLERANCE: Duration = 50

/** What the clients of one worker have done so far. */
export class Metrics {
  failed: Record<string, number> = {}
  /** Answers by HTTP's status code. */
  readonly #statuses = new Uint32Array(STATUSES)
  /** Times from when requests were due to the end of their answers. */
  readonly #response = new Histogram()
  /** Times from when they began: without a rate the same. */
  readonly #service = new Histogram()
  /** The parts of these times: connecting, waiting to be accepted, being served. */
  readonly #connect = new Histogram()
  readonly #queued = new Histogram()
  readonly #served = new Histogram()
  readonly #shared: Float64Array
  /** Where the server's accepts are noted; null where they are not. */
  readonly #ledger: Ledger | null
  /** What to add to performance.now(), which is cheaper to ask, to get CLOCK_MONOTONIC. */
  readonly #offset = monotonic() - performance.now()
  #first = 0
  #last = 0

  constructor(shared: Float64Array, ledger: Ledger | null) {
    this.#shared = shared
    this.#ledger = ledger
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

  /** A connection was established, which had been begun then. */
  established(now: LocalInstant, begunAt: LocalInstant): void {
    this.count('connects')
    this.#connect.record((now - begunAt) * 1000)
  }

  /**
   * When the server accepted a connection that was established then, as it has by now; NaN where that is not known.
   */
  accepted(connection: Connection, port: number, establishedAt: LocalInstant): LocalInstant {
    if (!this.#ledger || port === 0) return Number.NaN
    const noted = this.#ledger.acceptedAt(connection.localAddress(), port) / 1e6 - this.#offset
    // Else it is an entry that another connection left, or the server wrote what it liked.
    if (!(noted > establishedAt - TOLERANCE && noted < performance.now() + TOLERANCE)) return Number.NaN
    this.#queued.record(Math.max(0, noted - establishedAt) * 1000)
    return noted
  }

  /** An answer came now to a request that the server could begin to serve then. */
  served(now: LocalInstant, from: LocalInstant): void {
    this.#served.record((now - from) * 1000)
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
      connect: this.#connect.sparse(),
      queued: this.#queued.sparse(),
      served: this.#served.sparse(),
      ...given,
    }
  }

  #sparseStatuses(): Record<string, number> {
    const seen: Record<string, number> = {}
    for (const [status, count] of this.#statuses.entries()) if (count > 0) seen[status] = count
    return seen
  }
}
