import { constants } from 'node:os'
import { errnoName } from '../../servers/posix/error.ts'
import type { Duration } from '../state/event.ts'
import { Connection, isNotEstablished, received } from './connection.ts'
import type { Job } from './job.ts'
import type { LocalInstant } from './local-instant.ts'
import type { Metrics } from './metrics.ts'
import type { AnswerParser } from './protocols/protocol.ts'
import { TimeParts } from './time-parts.ts'

const { EAGAIN, ETIMEDOUT } = constants.errno

/** A server that has answered may take this long to close before the client does it. */
const CLOSE_GRACE: Duration = 200

/** What a request came to; null while it is under way. */
export type Result = 'answered' | 'failed' | null

/**
 * One request after the other and their answers, on one connection as long as the server keeps it, and without ever
 * blocking. A request that crosses the close of a connection that was idle is sent again, once.
 */
export class Exchange {
  readonly #metrics: Metrics
  readonly #connection: Connection
  readonly #parts: TimeParts
  #job: Job | null = null
  #parser!: AnswerParser
  /** `blocked`: a Unix socket's queue is full, which only another attempt can show to have changed. */
  #phase: 'none' | 'blocked' | 'connecting' | 'sending' | 'reading' | 'idle' | 'closing' = 'none'
  /** The place of the request on its connection, from 0, and whether no other follows. */
  #index = 0
  #isLast = false
  /** Bytes of the present answer. */
  #received = 0
  /** Whether a request was answered on this socket. */
  #wasUsed = false
  /** Why the request could not be sent to its end; its answer may be there all the same. */
  #sendError = 0
  #dueAt: LocalInstant = 0
  #begunAt: LocalInstant = 0
  /** When there was progress. */
  #progressAt: LocalInstant = 0
  /** Why the latest request failed; or, between two, why the next one will. */
  failure: string | null = null

  constructor(epoll: number, id: number, metrics: Metrics) {
    this.#metrics = metrics
    this.#connection = new Connection(epoll, id)
    this.#parts = new TimeParts(metrics, this.#connection)
  }

  /** Whether `connect` must be called again, a little later. */
  get isBlocked(): boolean {
    return this.#phase === 'blocked'
  }

  /** Begins a request, which was due at that time of performance.now(). */
  ask(job: Job, index: number, dueAt: LocalInstant): Result {
    if (this.failure) return 'failed'
    if (job !== this.#job) this.#parser = job.protocol.createParser()
    this.#job = job
    this.#index = index
    this.#isLast = index === job.requests - 1 || !job.protocol.takesSeveral
    this.#dueAt = dueAt
    this.#begunAt = job.isOpenLoop ? performance.now() : dueAt
    return this.#send(this.#begunAt)
  }

  /** Goes on after epoll told that something can be done. */
  ready(): Result {
    switch (this.#phase) {
      case 'connecting':
        return this.#sendOn()
      case 'sending':
        // An answer may come before all is sent, and the server close behind it.
        return this.#receive() ?? (this.#phase === 'sending' ? this.#sendOn() : null)
      case 'none':
      case 'blocked':
        return null
      default:
        return this.#receive()
    }
  }

  /** Gives up a request without progress for so long, and closes a connection whose server does not. */
  checkTime(now: LocalInstant, idleTimeout: Duration): Result {
    const idle = now - this.#progressAt
    switch (this.#phase) {
      case 'none':
      case 'idle':
        return null
      case 'closing':
        if (idle <= CLOSE_GRACE) return null
        this.#metrics.count('unclosed')
        return this.#closed()
      case 'blocked':
      case 'connecting':
        return idle > idleTimeout ? this.#refused(ETIMEDOUT) : null
      case 'sending':
      case 'reading':
        return idle > Math.min(idleTimeout, this.#job!.protocol.silenceLimit) ? this.#lost(ETIMEDOUT) : null
    }
  }

  /** Closes the connection, whatever is under way on it. */
  close(): void {
    this.#connection.close()
    this.#phase = 'none'
    this.#metrics.end(performance.now())
  }

  #send(now: LocalInstant): Result {
    this.#connection.put(this.#job!.protocol.request(this.#index, this.#isLast))
    this.#sendError = 0
    this.#received = 0
    this.#parser.begin()
    this.#progressAt = now
    this.#parts.begins(now)
    return this.#connection.isOpen ? this.#sendOn() : this.connect()
  }

  /** Attempts to connect, perhaps again after it was blocked. */
  connect(): Result {
    if (this.#phase !== 'blocked') {
      this.#metrics.attempt(this.#begunAt)
      this.#parts.connects()
    }
    this.#phase = 'connecting'
    this.#wasUsed = false
    const result = this.#connection.open(this.#job!.family, this.#job!.address)
    // A Unix socket's queue is full: no connection is under way, and there is nothing to wait for.
    if (result === -EAGAIN) {
      this.#connection.close()
      this.#phase = 'blocked'
      return null
    }
    // On loopback the handshake is over by now: the request can go at once.
    return result < 0 ? this.#refused(-result) : this.#sendOn()
  }

  #sendOn(): Result {
    const now = this.#phase === 'connecting' ? performance.now() : 0
    const result = this.#connection.send()
    if (this.#phase === 'connecting') {
      if (result === -EAGAIN) return this.#watch(true)
      if (isNotEstablished(-result)) return this.#refused(-result)
      this.#parts.established(now)
    }
    this.#phase = result === 0 ? 'reading' : 'sending'
    return result < 0 && result !== -EAGAIN ? this.#couldNotSend(-result) : this.#watch(result !== 0)
  }

  /** The server has closed, perhaps behind an answer to what it had read by then. */
  #couldNotSend(errno: number): Result {
    this.#sendError = errno
    const result = this.#receive()
    if (result !== null || this.#sendError === 0) return result
    return this.#received > 0 ? this.#watch(false) : this.#lost(errno)
  }

  #watch(sending: boolean): Result {
    const result = this.#connection.watch({ sending })
    if (result >= 0) return null
    return this.#phase === 'connecting' ? this.#refused(-result) : this.#fail(errnoName(-result))
  }

  #receive(): Result {
    for (;;) {
      const length = this.#connection.read()
      if (length === -EAGAIN) return null
      if (length <= 0) return this.#ended(-length)
      this.#metrics.count('bytes', length)
      const wasClosing = this.#phase === 'closing'
      const result = this.#take(length)
      if (result !== null || !this.#connection.isOpen) return result
      // Behind the last answer the server's close may be there, too.
      const isEndNext = this.#phase === 'closing' && !wasClosing
      if (length < received.length && !isEndNext) return null
    }
  }

  #take(length: number): Result {
    if (this.#phase === 'closing' || this.#phase === 'idle') return this.#takeSurplus(0, length)
    const parser = this.#parser
    this.#progressAt = performance.now()
    this.#received += length
    const end = parser.take(received, 0, length)
    if (parser.outcome === 'more') return null
    if (parser.outcome === 'again') return this.#askAnew()
    return parser.outcome === 'failed' ? this.#fail(parser.failure) : this.#answered(end, length)
  }

  /** Bytes came that are of no answer. Between two requests it is the next one that fails. */
  #takeSurplus(from: number, to: number): Result {
    const surplus = this.#job!.protocol.surplus(received, from, to)
    const isBetween = this.#phase === 'idle'
    const result = surplus === null ? null : this.#fail(surplus)
    return isBetween ? null : result
  }

  /** The answer is whole, up to that byte of those that came. */
  #answered(end: number, length: number): Result {
    const { status, canContinue, serverCloses } = this.#parser
    this.#metrics.answered(this.#progressAt, this.#dueAt, this.#begunAt, status)
    this.#parts.answered(this.#progressAt, this.#job!.port, !this.#wasUsed)
    this.#wasUsed = true
    this.#phase = 'closing'
    if (end < length && this.#takeSurplus(end, length)) return 'failed'
    if (!this.#connection.isAllSent) return this.#closed()
    if (canContinue && !this.#isLast) {
      this.#phase = 'idle'
      return 'answered'
    }
    return serverCloses ? null : this.#closed()
  }

  /** There is no more to read: the server has closed, or the connection broke with that errno. */
  #ended(errno: number): Result {
    if (this.#phase === 'closing' || this.#phase === 'idle') {
      const result = this.#phase === 'idle' ? null : 'answered'
      this.close()
      return result
    }
    if (errno !== 0) return this.#lost(errno)
    this.#parser.end()
    if (this.#parser.outcome !== 'complete') return this.#lost(this.#received > 0 ? 0 : this.#sendError)
    this.#progressAt = performance.now()
    return this.#answered(0, 0) ?? this.#closed()
  }

  #closed(): Result {
    this.close()
    return 'answered'
  }

  /** The answer will not come whole by this socket; `errno` is 0 where the server has closed it. */
  #lost(errno: number): Result {
    const { protocol } = this.#job!
    const isNew = this.#received === 0
    const mayRepeat = isNew && this.#wasUsed && errno !== ETIMEDOUT
    if (mayRepeat && protocol.canRepeat) {
      this.#metrics.count('retried')
    } else if (!isNew || !protocol.fallBack?.()) return this.#fail(errno === 0 ? 'SHORT' : errnoName(errno))
    return this.#askAnew()
  }

  #askAnew(): Result {
    this.close()
    return this.#send(performance.now())
  }

  /** The server never saw the attempt. */
  #refused(errno: number): Result {
    this.#metrics.count('refused')
    return this.#fail(errnoName(errno))
  }

  #fail(name: string): Result {
    this.failure = name
    this.close()
    return 'failed'
  }
}
