import type { Duration } from '../state/event.ts'
import { Exchange, type Result } from './exchange.ts'
import type { Job } from './job.ts'
import type { LocalInstant } from './local-instant.ts'
import type { Metrics } from './metrics.ts'

/**
 * What a client has come to: its request was answered and there are others to make on its connection, or its
 * connection is over. Null: nothing that anybody need know.
 */
export type Progress = 'answered' | 'over' | null

/**
 * One client: it makes one connection of the plan at a time, and on it one request after the other. Such a connection
 * may need several of the kernel's, since servers close those that were used.
 */
export class Client {
  readonly id: number
  readonly #metrics: Metrics
  readonly #exchange: Exchange
  #job: Job | null = null
  /** Requests of this connection that were answered. */
  #answers = 0

  /** Its events come from that epoll, with that number. */
  constructor(epoll: number, id: number, metrics: Metrics) {
    this.id = id
    this.#metrics = metrics
    this.#exchange = new Exchange(epoll, id, metrics)
  }

  /** Whether it is in the middle of a connection, perhaps between two requests. */
  get isOpen(): boolean {
    return this.#job !== null
  }

  /** Whether it must attempt to connect again, a little later. */
  get isBlocked(): boolean {
    return this.#exchange.isBlocked
  }

  /** Begins a connection with its first request, which was due at that time of performance.now(). */
  begin(job: Job, dueAt: LocalInstant): Progress {
    this.#job = job
    this.#answers = 0
    this.#exchange.failure = null
    return this.next(dueAt)
  }

  /** Makes the next request of the connection. */
  next(dueAt: LocalInstant): Progress {
    return this.#take(this.#exchange.ask(this.#job!, this.#answers, dueAt))
  }

  /** Attempts to connect again after it was blocked. */
  connect(): Progress {
    return this.#take(this.#exchange.connect())
  }

  /** Goes on after epoll told that something can be done. */
  ready(): Progress {
    return this.#take(this.#exchange.ready())
  }

  /** Gives up a request without progress for so long, and closes a connection whose server does not. */
  checkTime(now: LocalInstant, idleTimeout: Duration): Progress {
    return this.#take(this.#exchange.checkTime(now, idleTimeout))
  }

  /** Asks for no more on its connection, which was a success unless its latest request has failed. */
  finish(): void {
    const { failure } = this.#exchange
    if (failure) this.#metrics.fail(failure)
    else this.#metrics.count('succeeded')
    this.abandon()
  }

  /** Closes the connection, which counts neither as success nor failure. */
  abandon(): void {
    this.#exchange.close()
    this.#job = null
  }

  #take(result: Result): Progress {
    if (result === null) return null
    const { requests, protocol } = this.#job!
    if (result === 'answered' && ++this.#answers < requests && protocol.takesSeveral) return 'answered'
    this.finish()
    return 'over'
  }
}
