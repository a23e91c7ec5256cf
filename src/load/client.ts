import { constants } from 'node:os'
import { addon } from '../../servers/posix/addon.ts'
import { EPOLLIN, EPOLLOUT, epollAdd, epollChange } from '../../servers/posix/epoll.ts'
import { errnoName } from '../../servers/posix/error.ts'
import { type SocketAddress, socket } from '../../servers/posix/socket.ts'
import type { Millis } from '../state/event.ts'
import type { Dialogue } from './dialogue.ts'
import type { Tally } from './tally.ts'

const { EAGAIN, EINPROGRESS, ENOTCONN, ECONNREFUSED, EADDRNOTAVAIL, ETIMEDOUT, ENETUNREACH, EHOSTUNREACH } =
  constants.errno

/** Errors of an attempt that was never established. */
const NOT_ESTABLISHED = new Set([ECONNREFUSED, EADDRNOTAVAIL, ETIMEDOUT, ENETUNREACH, EHOSTUNREACH])
/** A server that has answered may take this long to close before the client does it. */
const CLOSE_GRACE: Millis = 200

const answer = new Uint8Array(256 * 1024)

/**
 * One client: it makes its connections one after the other, without ever blocking. The system calls are used in
 * their raw form, result or negated errno, since this is the path that must not be slower than the servers.
 */
export class Client {
  readonly #epoll: number
  readonly #id: number
  readonly #address: SocketAddress
  readonly #host: string
  readonly #dialogue: Dialogue
  readonly #tally: Tally
  #left: number
  #fd = -1
  #phase: 'connecting' | 'reading' | 'closing' = 'connecting'
  #received = 0
  #startedAt = 0
  /** When the connection last made progress. */
  #progressAt = 0

  constructor(
    epoll: number,
    id: number,
    target: { host: string; address: SocketAddress },
    dialogue: Dialogue,
    connections: number,
    tally: Tally,
  ) {
    this.#epoll = epoll
    this.#id = id
    this.#host = target.host
    this.#address = target.address
    this.#dialogue = dialogue
    this.#left = connections
    this.#tally = tally
    tally.active++
  }

  /** Begins the next connection; when all are made, the client is no longer active. */
  next(): void {
    if (this.#left === 0) {
      this.#tally.active--
      return
    }
    this.#left--
    // One that fails at once is followed by the next only when the others had their turn, and a stop its chance.
    if (!this.#connect()) this.#tally.waiting.push(this)
  }

  /** Goes on after epoll told that something can be done. */
  ready(): void {
    if (this.#phase === 'connecting' ? !this.#send() : !this.#receive()) this.next()
  }

  /** Gives up a connection that made no progress since `deadline`, and closes one whose server does not. */
  checkTime(now: Millis, patience: Millis): void {
    if (this.#fd < 0) return
    const idle = now - this.#progressAt
    if (this.#phase === 'closing' && idle > CLOSE_GRACE) this.#succeed()
    else if (this.#phase !== 'closing' && idle > patience) this.#fail(ETIMEDOUT, this.#phase === 'connecting')
    else return
    this.next()
  }

  /** Ends at once: no further connection, the current one is closed and counts neither as success nor failure. */
  stop(): void {
    this.#left = 0
    // Without a connection it is done already, or ends when its turn comes.
    if (this.#fd < 0) return
    this.#close()
    this.next()
  }

  /** False when the connection is over already. */
  #connect(): boolean {
    this.#phase = 'connecting'
    this.#received = 0
    this.#startedAt = this.#progressAt = performance.now()
    this.#tally.begin(this.#startedAt)
    this.#fd = socket(this.#host, { nonBlocking: true })
    const result = addon.connect!(this.#fd, this.#address)
    if (result < 0 && result !== -EINPROGRESS) return this.#fail(-result, true)
    // On loopback the handshake is over by now, so the request can go without waiting for it.
    const sent = addon.write!(this.#fd, this.#dialogue.request, 0, this.#dialogue.request.length)
    if (sent === -EAGAIN || sent === -ENOTCONN) {
      epollAdd(this.#epoll, this.#fd, EPOLLOUT, this.#id)
      return true
    }
    if (!this.#sent(sent)) return false
    epollAdd(this.#epoll, this.#fd, EPOLLIN, this.#id)
    return true
  }

  #send(): boolean {
    const sent = addon.write!(this.#fd, this.#dialogue.request, 0, this.#dialogue.request.length)
    if (sent === -EAGAIN) return true
    if (!this.#sent(sent)) return false
    epollChange(this.#epoll, this.#fd, EPOLLIN, this.#id)
    return true
  }

  #sent(result: number): boolean {
    const isRefused = NOT_ESTABLISHED.has(-result)
    if (!isRefused) this.#tally.count('connects')
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
        return this.#phase === 'closing' || this.#dialogue.expected === 0
          ? this.#succeed()
          : this.#fail('SHORT', false)
      if (!this.#count(length)) return false
      if (length < answer.length && this.#phase === 'reading') return true
    }
  }

  /** Counts what arrived; false when that ended the connection. */
  #count(length: number): boolean {
    this.#received += length
    this.#tally.count('bytes', length)
    this.#progressAt = performance.now()
    const { expected, serverCloses } = this.#dialogue
    if (expected === null) return this.#takeAny()
    if (this.#received > expected) return this.#fail('LONG', false)
    if (this.#received < expected) return true
    this.#tally.histogram.record((this.#progressAt - this.#startedAt) * 1000)
    if (!serverCloses) return this.#succeed()
    this.#phase = 'closing'
    return true
  }

  /** Any answer will do: it is over when the server closes, or has nothing more to say for a while. */
  #takeAny(): boolean {
    if (this.#phase === 'reading') this.#tally.histogram.record((this.#progressAt - this.#startedAt) * 1000)
    this.#phase = 'closing'
    return true
  }

  #succeed(): false {
    if (this.#dialogue.expected === 0)
      this.#tally.histogram.record((performance.now() - this.#startedAt) * 1000)
    this.#tally.count('succeeded')
    return this.#close()
  }

  #fail(reason: number | string, refused: boolean): false {
    const name = typeof reason === 'string' ? reason : errnoName(reason)
    this.#tally.failed[name] = (this.#tally.failed[name] ?? 0) + 1
    if (refused) this.#tally.count('refused')
    return this.#close()
  }

  #close(): false {
    addon.close!(this.#fd)
    this.#fd = -1
    this.#tally.end(performance.now())
    return false
  }
}
