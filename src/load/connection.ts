import { constants } from 'node:os'
import { addon } from '../../servers/posix/addon.ts'
import { EPOLLIN, EPOLLOUT } from '../../servers/posix/epoll.ts'
import type { SocketAddress } from '../../servers/posix/socket.ts'

const { EAGAIN, EINPROGRESS, ENOTCONN, ECONNREFUSED, EADDRNOTAVAIL, ETIMEDOUT, ENETUNREACH, EHOSTUNREACH } =
  constants.errno

const SOCK_STREAM = 1
const SOCK_NONBLOCK = 0o4000
const EPOLL_CTL_ADD = 1
const EPOLL_CTL_MOD = 3

const NOT_ESTABLISHED = new Set([ECONNREFUSED, EADDRNOTAVAIL, ETIMEDOUT, ENETUNREACH, EHOSTUNREACH])

/** Whether the first write failed with that errno since the attempt to connect did. */
export function isNotEstablished(errno: number): boolean {
  return NOT_ESTABLISHED.has(errno)
}

/** What `read` puts the bytes into. All connections share it: nothing of an answer is kept. */
export const received = new Uint8Array(256 * 1024)

const local = new Uint8Array(28)

/**
 * A client's end of one connection after the other, none of which ever blocks. The system calls are used in their raw
 * form, result or negated errno, since this is the path that must not be slower than the servers.
 */
export class Connection {
  readonly #epoll: number
  readonly #id: number
  #fd = -1
  /** What epoll watches it for. */
  #watched = 0
  #bytes: Uint8Array = received
  #sent = 0

  /** Events of the connection come from that epoll, with that number. */
  constructor(epoll: number, id: number) {
    this.#epoll = epoll
    this.#id = id
  }

  get isOpen(): boolean {
    return this.#fd >= 0
  }

  /** Returns 0 when the connection is made or under way, else the negated errno. Source: socket(2), connect(2). */
  open(family: number, address: SocketAddress): number {
    this.#watched = 0
    this.#fd = addon.socket!(family, SOCK_STREAM | SOCK_NONBLOCK, 0)
    if (this.#fd < 0) return this.#fd
    const result = addon.connect!(this.#fd, address)
    return result === -EINPROGRESS ? 0 : result
  }

  /** These bytes are to be sent next. */
  put(bytes: Uint8Array): void {
    this.#bytes = bytes
    this.#sent = 0
  }

  /** Sends on. Returns how many bytes are left, -EAGAIN before the first when they must wait, or another negated errno. */
  send(): number {
    const bytes = this.#bytes
    while (this.#sent < bytes.length) {
      const result = addon.write!(this.#fd, bytes, this.#sent, bytes.length - this.#sent)
      if (result < 0) {
        if (result !== -EAGAIN && result !== -ENOTCONN) return result
        return this.#sent === 0 ? -EAGAIN : bytes.length - this.#sent
      }
      this.#sent += result
    }
    return 0
  }

  get isAllSent(): boolean {
    return this.#sent === this.#bytes.length
  }

  /** Reads into `received`. Returns how many bytes came, 0 at the end, or the negated errno. */
  read(): number {
    return addon.read!(this.#fd, received, 0, received.length)
  }

  /** From now on epoll tells of an answer, and when more can be sent. Returns 0 or the negated errno. */
  watch({ sending }: { sending: boolean }): number {
    const events = sending ? EPOLLIN | EPOLLOUT : EPOLLIN
    if (events === this.#watched) return 0
    const operation = this.#watched === 0 ? EPOLL_CTL_ADD : EPOLL_CTL_MOD
    this.#watched = events
    return addon.epollControl!(this.#epoll, operation, this.#fd, events, this.#id)
  }

  /** The client's address; the same bytes for all connections. */
  localAddress(): Uint8Array {
    addon.localName!(this.#fd, local)
    return local
  }

  close(): void {
    if (this.#fd >= 0) addon.close!(this.#fd)
    this.#fd = -1
  }
}
