import { constants } from 'node:os'
import { errnoName } from '../../servers/posix/error.ts'
import type { Millis } from '../state/event.ts'
import { Connection, received } from './connection.ts'
import type { Job } from './job.ts'
import type { Metrics } from './metrics.ts'
import type { AnswerParser } from './protocols/protocol.ts'

const { EAGAIN, ECONNREFUSED, EADDRNOTAVAIL, ETIMEDOUT, ENETUNREACH, EHOSTUNREACH } = constants.errno

/** Errors of an attempt that was never established. */
const NOT_ESTABLISHED = new Set([ECONNREFUSED, EADDRNOTAVAIL, ETIMEDOUT, ENETUNREACH, EHOSTUNREACH])
/** A server that has answered may take this long to close before the client does it. */
export const CLOSE_GRACE: Millis = 200

/**
 * What a client has come to: its request was answered and there are others to make on its connection, or its
 * connection is over. Null: nothing that anybody need know.
 */
export type Progress = 'answered' | 'over' | null

/**
 * One client: it makes one connection at a time and on it one request after the other, without ever blocking. A
 * connection of the plan may need several of the kernel's, since servers close those that were used.
 */
export class Client {
  readonly id: number
  readonly #metrics: Metrics
  readonly #connection: Connection
  #job: Job | null = null
  #parser!: AnswerParser
  #parsesFor: Job | null = null
  /** `blocked`: a Unix socket's queue is full, which only another attempt can show to have changed. */
  #phase: 'none' | 'blocked' | 'connecting' | 'sending' | 'reading' | 'idle' | 'closing' = 'none'
  /** Requests of this connection that were answered. */
  #answers = 0
  /** Bytes of the present answer. */
  #received = 0
  /** Whether a request was answered on this socket, and whether the present one is sent for the second time. */
  #wasUsed = false
  #isRepeated = false
  /** Why the request could not be sent to its end; its answer may be there all the same. */
  #sendError = 0
  /** What was wrong with bytes that came between two requests. */
  #surplus: string | null = null
  #dueAt: Millis = 0
  #begunAt: Millis = 0
  /** When the connection last made progress. */
  #progressAt: Millis = 0

  constructor(epoll: number, id: number, metrics: Metrics) {
    this.id = id
    this.#metrics = metrics
    this.#connection = new Connection(epoll, id)
  }

  /** Whether it is in the middle of a connection, perhaps between two requests. */
  get isOpen(): boolean {
    return this.#job !== null
  }

  /** Whether it must attempt to connect again, later. */
  get isBlocked(): boolean {
    return this.#phase === 'blocked'
  }

  /** Begins a connection with its first request, which was due at that time of performance.now(). */
  begin(job: Job, dueAt: Millis): Progress {
    if (job !== this.#parsesFor) this.#parser = job.protocol.createParser()
    this.#parsesFor = job
    this.#job = job
    this.#answers = 0
    this.#surplus = null
    return this.next(dueAt)
  }

  /** Makes the next request of the connection. */
  next(dueAt: Millis): Progress {
    if (this.#surplus) return this.#fail(this.#surplus)
    this.#dueAt = dueAt
    this.#begunAt = this.#job!.isOpenLoop ? performance.now() : dueAt
    this.#isRepeated = false
    return this.#ask(this.#begunAt)
  }

  /** Goes on after epoll told that something can be done. */
  ready(): Progress {
    switch (this.#phase) {
      case 'connecting':
        return this.#send()
      case 'sending': {
        // An answer may come before all is sent; the server may close behind it.
        const progress = this.#receive()
        return progress === null && this.#phase === 'sending' ? this.#send() : progress
      }
      case 'reading':
      case 'idle':
      case 'closing':
        return this.#receive()
      case 'none':
      case 'blocked':
        return null
    }
  }

  /** Gives up a connection that made no progress for so long, and closes one whose server does not. */
  checkTime(now: Millis, idleTimeout: Millis): Progress {
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
        return idle > idleTimeout ? this.#fail(errnoName(ETIMEDOUT), true) : null
      case 'sending':
      case 'reading':
        return idle > Math.min(idleTimeout, this.#job!.protocol.patience ?? Infinity) ? this.#silent() : null
    }
  }

  /** Asks for no more on its connection, whose last request was answered. */
  finish(): void {
    if (this.#surplus) this.#fail(this.#surplus)
    else this.#succeed()
  }

  /** Closes the connection, which counts neither as success nor failure. */
  abandon(): void {
    this.#close()
    this.#job = null
  }

  #ask(now: Millis): Progress {
    const { protocol, requests } = this.#job!
    this.#connection.put(protocol.request(this.#answers, this.#answers === requests - 1))
    this.#sendError = 0
    this.#received = 0
    this.#parser.begin()
    this.#progressAt = now
    return this.#connection.isOpen ? this.#send() : this.connect()
  }

  /** Attempts to connect, perhaps again after it was blocked. */
  connect(): Progress {
    if (this.#phase !== 'blocked') this.#metrics.attempt(this.#begunAt)
    this.#phase = 'connecting'
    this.#wasUsed = false
    const result = this.#connection.open(this.#job!.family, this.#job!.address)
    // A Unix socket's queue is full: no connection is under way, and there is nothing to wait for.
    if (result === -EAGAIN) {
      this.#connection.close()
      this.#phase = 'blocked'
      return null
    }
    // On loopback the handshake is over by now, so the request can go without waiting for it.
    return result < 0 ? this.#fail(errnoName(-result), true) : this.#send()
  }

  #send(): Progress {
    const result = this.#connection.send()
    if (this.#phase === 'connecting') {
      if (result === -EAGAIN) return this.#watch(true)
      if (NOT_ESTABLISHED.has(-result)) return this.#fail(errnoName(-result), true)
      this.#metrics.count('connects')
    }
    this.#phase = result === 0 ? 'reading' : 'sending'
    return result < 0 && result !== -EAGAIN ? this.#couldNotSend(-result) : this.#watch(result !== 0)
  }

  /** The server has closed, perhaps behind an answer to what it had read by then. */
  #couldNotSend(errno: number): Progress {
    this.#sendError = errno
    const progress = this.#receive()
    if (progress !== null || this.#sendError === 0) return progress
    return this.#received > 0 ? this.#watch(false) : this.#lost(errno)
  }

  #watch(sending: boolean): Progress {
    const result = this.#connection.watch({ sending })
    return result < 0 ? this.#fail(errnoName(-result), this.#phase === 'connecting') : null
  }

  #receive(): Progress {
    for (;;) {
      const length = this.#connection.read()
      if (length === -EAGAIN) return null
      if (length <= 0) return this.#ended(-length)
      this.#metrics.count('bytes', length)
      const wasClosing = this.#phase === 'closing'
      const progress = this.#take(length)
      if (progress !== null || !this.#connection.isOpen) return progress
      // Behind the last answer the server's close may be there, too.
      const isEndNext = this.#phase === 'closing' && !wasClosing
      if (length < received.length && !isEndNext) return null
    }
  }

  #take(length: number): Progress {
    if (this.#phase === 'closing' || this.#phase === 'idle') return this.#takeSurplus(0, length)
    const parser = this.#parser
    this.#progressAt = performance.now()
    this.#received += length
    const end = parser.take(received, 0, length)
    if (parser.outcome === 'more') return null
    return parser.outcome === 'failed' ? this.#fail(parser.failure) : this.#answered(end, length)
  }

  /** Bytes came that are of no answer. */
  #takeSurplus(from: number, to: number): Progress {
    const surplus = this.#job!.protocol.surplus(received, from, to)
    if (surplus === null) return null
    if (this.#phase === 'closing') return this.#fail(surplus)
    // Between two requests: it is the next one that fails.
    this.#surplus = surplus
    this.#close()
    return null
  }

  /** The answer is whole, up to that byte of those that came. */
  #answered(end: number, length: number): Progress {
    const { status, canContinue, serverCloses } = this.#parser
    this.#metrics.answered(this.#progressAt, this.#dueAt, this.#begunAt, status)
    this.#answers++
    this.#wasUsed = true
    this.#phase = 'closing'
    if (end < length && this.#takeSurplus(end, length)) return 'over'
    if (!this.#connection.isAllSent) return this.#closed()
    if (canContinue && this.#answers < this.#job!.requests) {
      this.#phase = 'idle'
      return 'answered'
    }
    return serverCloses ? null : this.#closed()
  }

  /** There is no more to read: the server has closed, or the connection broke by that errno. */
  #ended(errno: number): Progress {
    if (this.#phase === 'closing') return this.#closed()
    if (this.#phase === 'idle') {
      this.#close()
      return null
    }
    if (errno !== 0) return this.#lost(errno)
    this.#parser.end()
    if (this.#parser.outcome !== 'complete') return this.#lost(this.#received > 0 ? 0 : this.#sendError)
    this.#progressAt = performance.now()
    return this.#answered(0, 0) ?? this.#closed()
  }

  /** The socket is of no more use, after an answer. */
  #closed(): Progress {
    if (this.#answers === this.#job!.requests) return this.#succeed()
    this.#close()
    return 'answered'
  }

  /** The socket was lost before the answer was whole; `errno` is 0 where the server closed it. */
  #lost(errno: number): Progress {
    const { protocol } = this.#job!
    const isNew = this.#received === 0
    if (isNew && this.#wasUsed && !this.#isRepeated && protocol.canRepeat) {
      // Servers close connections that are idle; the request has crossed that on its way.
      this.#metrics.count('retried')
      this.#isRepeated = true
      return this.#askAnew()
    }
    if (isNew && protocol.fallBack?.()) return this.#askAnew()
    return this.#fail(errno === 0 ? 'SHORT' : errnoName(errno))
  }

  /** No more came for too long. */
  #silent(): Progress {
    if (this.#received === 0 && this.#job!.protocol.fallBack?.()) return this.#askAnew()
    return this.#fail(errnoName(ETIMEDOUT))
  }

  #askAnew(): Progress {
    this.#close()
    return this.#ask(performance.now())
  }

  #succeed(): 'over' {
    this.#metrics.count('succeeded')
    this.abandon()
    return 'over'
  }

  #fail(name: string, isRefused = false): 'over' {
    this.#metrics.fail(name)
    if (isRefused) this.#metrics.count('refused')
    this.abandon()
    return 'over'
  }

  #close(): void {
    this.#connection.close()
    this.#phase = 'none'
    this.#metrics.end(performance.now())
  }
}
