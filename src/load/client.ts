import { constants } from 'node:os'
import { addon } from '../../servers/posix/addon.ts'
import { EPOLLIN, EPOLLOUT, epollAdd, epollChange } from '../../servers/posix/epoll.ts'
import { errnoName } from '../../servers/posix/error.ts'
import { type SocketAddress, socket } from '../../servers/posix/socket.ts'
import type { Millis } from '../state/event.ts'
import type { Metrics } from './metrics.ts'
import type { Protocol } from './protocol.ts'

const { EAGAIN, EINPROGRESS, ENOTCONN, ECONNREFUSED, EADDRNOTAVAIL, ETIMEDOUT, ENETUNREACH, EHOSTUNREACH } =
  constants.errno

/** Errors of an attempt that was never established. */
const NOT_ESTABLISHED = new Set([ECONNREFUSED, EADDRNOTAVAIL, ETIMEDOUT, ENETUNREACH, EHOSTUNREACH])
/** A server that has answered may take this long to close before the client does it. */
const CLOSE_GRACE: Millis = 200

const answer = new Uint8Array(256 * 1024)

/** What a connection is for. */
export type Job = {
  host: string
  address: SocketAddress
  protocol: Protocol
  /** Whether it was due at a time of its own, from which its response is measured. */
  isOpenLoop: boolean
}

/**
 * One client: it makes one connection at a time, without ever blocking. The system calls are used in their raw
 * form, result or negated errno, since this is the path that must not be slower than the servers. What returns a
 * boolean returns false when the connection is over.
 */
export class Client {
  readonly id: number
  readonly #epoll: number
  readonly #metrics: Metrics
  #job!: Job
  #fd = -1
  #phase: 'connecting' | 'reading' | 'closing' = 'connecting'
  #received = 0
  #dueAt: Millis = 0
  #startedAt: Millis = 0
  /** When the connection last made progress. */
  #progressAt: Millis = 0

  constructor(epoll: number, id: number, metrics: Metrics) {
    this.#epoll = epoll
    this.id = id
    this.#metrics = metrics
  }

  get isBusy(): boolean {
    return this.#fd >= 0
  }

  /** Begins a connection that was due at that time of performance.now(). */
  begin(job: Job, dueAt: Millis): boolean {
    this.#job = job
    this.#dueAt = dueAt
    this.#startedAt = job.isOpenLoop ? performance.now() : dueAt
    this.#progressAt = this.#startedAt
    return this.#connect()
  }

  /** Goes on after epoll told that something can be done. */
  ready(): boolean {
    return this.#phase === 'connecting' ? this.#send() : this.#receive()
  }

  /** Gives up a connection that made no progress for so long, and closes one whose server does not. */
  checkTime(now: Millis, idleTimeout: Millis): boolean {
    const idle = now - this.#progressAt
    if (this.#phase === 'closing' && idle > CLOSE_GRACE) return this.#succeed()
    if (this.#phase !== 'closing' && idle > idleTimeout)
      return this.#fail(ETIMEDOUT, this.#phase === 'connecting')
    return true
  }

  /** Closes the connection, which counts neither as success nor failure. */
  abandon(): void {
    this.#close()
  }

  #connect(): boolean {
    const { host, address } = this.#job
    this.#phase = 'connecting'
    this.#received = 0
    this.#metrics.begin(this.#startedAt)
    this.#fd = socket(host, { nonBlocking: true })
    const result = addon.connect!(this.#fd, address)
    if (result < 0 && result !== -EINPROGRESS) return this.#fail(-result, true)
    // On loopback the handshake is over by now, so the request can go without waiting for it.
    const sent = this.#write()
    if (sent === -EAGAIN || sent === -ENOTCONN) {
      epollAdd(this.#epoll, this.#fd, EPOLLOUT, this.id)
      return true
    }
    if (!this.#sent(sent)) return false
    epollAdd(this.#epoll, this.#fd, EPOLLIN, this.id)
    return true
  }

  #send(): boolean {
    const sent = this.#write()
    if (sent === -EAGAIN) return true
    if (!this.#sent(sent)) return false
    epollChange(this.#epoll, this.#fd, EPOLLIN, this.id)
    return true
  }

  #write(): number {
    const { request } = this.#job.protocol
    return addon.write!(this.#fd, request, 0, request.length)
  }

  #sent(result: number): boolean {
    const isRefused = NOT_ESTABLISHED.has(-result)
    if (!isRefused) this.#metrics.count('connects')
    if (result < 0) return this.#fail(-result, isRefused)
    this.#phase = 'reading'
    return true
  }

  #receive(): boolean {
    for (;;) {
      const length = addon.read!(this.#fd, answer, 0, answer.length)
      if (length === -EAGAIN) return true
      if (length < 0) return this.#phase === 'closing' ? this.#succeed() : this.#fail(-length, false)
      if (length === 0)
        return this.#phase === 'closing' || this.#job.protocol.expected === 0
          ? this.#succeed()
          : this.#fail('SHORT', false)
      if (!this.#count(length)) return false
      if (length < answer.length && this.#phase === 'reading') return true
    }
  }

  /** Counts what arrived; false when that ended the connection. */
  #count(length: number): boolean {
    this.#received += length
    this.#metrics.count('bytes', length)
    this.#progressAt = performance.now()
    const { expected, serverCloses } = this.#job.protocol
    if (expected === null) return this.#takeAny()
    if (this.#received > expected) return this.#fail('LONG', false)
    if (this.#received < expected) return true
    this.#measure(this.#progressAt)
    if (!serverCloses) return this.#succeed()
    this.#phase = 'closing'
    return true
  }

  /** Any answer will do: it is over when the server closes, or has nothing more to say for a while. */
  #takeAny(): boolean {
    if (this.#phase === 'reading') this.#measure(this.#progressAt)
    this.#phase = 'closing'
    return true
  }

  /** The answer was complete at that time. */
  #measure(end: Millis): void {
    this.#metrics.response.record((end - this.#dueAt) * 1000)
    this.#metrics.service.record((end - this.#startedAt) * 1000)
  }

  #succeed(): false {
    if (this.#job.protocol.expected === 0) this.#measure(performance.now())
    this.#metrics.count('succeeded')
    return this.#close()
  }

  #fail(reason: number | string, refused: boolean): false {
    const name = typeof reason === 'string' ? reason : errnoName(reason)
    this.#metrics.failed[name] = (this.#metrics.failed[name] ?? 0) + 1
    if (refused) this.#metrics.count('refused')
    return this.#close()
  }

  #close(): false {
    addon.close!(this.#fd)
    this.#fd = -1
    this.#metrics.end(performance.now())
    return false
  }
}
