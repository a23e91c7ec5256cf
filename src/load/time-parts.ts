import type { Connection } from './connection.ts'
import type { LocalInstant } from './local-instant.ts'
import type { Metrics } from './metrics.ts'

/** Where the time of a client's requests goes: connecting, waiting to be accepted, being served. */
export class TimeParts {
  readonly #metrics: Metrics
  readonly #connection: Connection
  /** Of the present socket: when its connect began, when it was established, and when accepted; NaN: not known. */
  #connectAt: LocalInstant = 0
  #establishedAt: LocalInstant = 0
  #acceptedAt: LocalInstant = 0
  /** When the present request was first sent on this socket. */
  #sentAt: LocalInstant = 0

  constructor(metrics: Metrics, connection: Connection) {
    this.#metrics = metrics
    this.#connection = connection
  }

  /** A request begins; on a new socket, `connects` follows. */
  begins(now: LocalInstant): void {
    this.#sentAt = now
  }

  /** It needs a new socket, which is connected from when the request began. */
  connects(): void {
    this.#connectAt = this.#sentAt
  }

  established(now: LocalInstant): void {
    this.#establishedAt = now
    this.#sentAt = now
    this.#metrics.established(now, this.#connectAt)
  }

  /** The answer is whole. The server could serve it from when it was sent on, and its connection to that port accepted. */
  answered(now: LocalInstant, port: number, isFirst: boolean): void {
    if (isFirst) this.#acceptedAt = this.#metrics.accepted(this.#connection, port, this.#establishedAt)
    const from = Math.max(this.#acceptedAt, this.#sentAt)
    if (!Number.isNaN(from)) this.#metrics.served(now, from)
  }
}
