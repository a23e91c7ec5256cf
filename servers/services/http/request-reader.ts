import type { Connection, Wait } from '../service.ts'
import { parseRequest, type Request, RequestError } from './request.ts'

const LARGEST_HEAD = 16 * 1024
const LONGEST_LINE = 1024
const LF = 0x0a
const CR = 0x0d
const NOTHING = Buffer.alloc(0)

/** All connections read into it: what is not used at once is copied. */
const shared = Buffer.alloc(64 * 1024)

/** The last head and what it says: clients ask for the same again and again. */
let lastHead = NOTHING
let lastRequest: Request | null = null

/** The requests of one connection, one after the other, in whatever pieces they come. */
export class RequestReader {
  readonly #connection: Connection
  /** What has come and was not used yet. */
  #pending: Buffer = NOTHING

  constructor(connection: Connection) {
    this.#connection = connection
  }

  /** Reads the head of the next request; null when the client has closed. Throws RequestError. */
  *next(): Generator<Wait, Request | null> {
    let bytes = this.#pending
    for (let isOwn = true; ; isOwn = false) {
      // A client may send an empty line behind the content of its last request.
      let from = 0
      while (bytes[from] === LF || (bytes[from] === CR && bytes[from + 1] === LF)) from++
      const end = endOfHead(bytes, from)
      if (end > 0) {
        this.#pending = end === bytes.length ? NOTHING : keep(bytes.subarray(end), isOwn)
        return requestOf(bytes.subarray(from, end))
      }
      if (bytes.length - from > LARGEST_HEAD) throw new RequestError(431)
      this.#pending = keep(bytes.subarray(from), isOwn)
      bytes = yield* this.#more()
      if (bytes.length === this.#pending.length) {
        if (this.#pending.length > 0) throw new RequestError(400)
        return null
      }
    }
  }

  /** Reads so many bytes of content and drops them; fewer when the client closes. */
  *skip(length: number): Generator<Wait, void> {
    let left = length - this.#pending.length
    this.#pending = left < 0 ? this.#pending.subarray(length) : NOTHING
    while (left > 0) {
      const read = yield* this.#connection.read(shared)
      if (read === 0) return
      if (read > left) this.#pending = Buffer.from(shared.subarray(left, read))
      left -= read
    }
  }

  /** Reads chunked content and its trailer, and drops them. Throws RequestError. Source: RFC 9112, 7.1. */
  *skipChunks(most: number): Generator<Wait, void> {
    for (let total = 0; ; ) {
      const [, digits] = /^([0-9A-Fa-f]{1,8})(?:[ \t]*;.*)?$/.exec(yield* this.#line()) ?? []
      if (digits === undefined) throw new RequestError(400)
      const size = Number.parseInt(digits, 16)
      total += size
      if (total > most) throw new RequestError(413)
      if (size === 0) break
      yield* this.skip(size)
      if ((yield* this.#line()) !== '') throw new RequestError(400)
    }
    for (let fields = 0; (yield* this.#line()) !== ''; fields++)
      if (fields * LONGEST_LINE > LARGEST_HEAD) throw new RequestError(431)
  }

  *#line(): Generator<Wait, string> {
    for (;;) {
      const end = this.#pending.indexOf(LF)
      if (end > LONGEST_LINE || (end < 0 && this.#pending.length > LONGEST_LINE)) throw new RequestError(400)
      if (end >= 0) {
        const line = this.#pending.toString('latin1', 0, end)
        this.#pending = this.#pending.subarray(end + 1)
        if (!line.endsWith('\r')) throw new RequestError(400)
        return line.slice(0, -1)
      }
      const bytes = yield* this.#more()
      if (bytes.length === this.#pending.length) throw new RequestError(400)
      this.#pending = keep(bytes, false)
    }
  }

  /** What is pending, and what comes next behind it; it may lie in shared memory until the service waits again. */
  *#more(): Generator<Wait, Buffer> {
    const length = yield* this.#connection.read(shared)
    const bytes = shared.subarray(0, length)
    return this.#pending.length === 0 ? bytes : Buffer.concat([this.#pending, bytes])
  }
}

/** The bytes in memory of their own. */
function keep(bytes: Buffer, isOwn: boolean): Buffer {
  if (bytes.length === 0) return NOTHING
  return isOwn ? bytes : Buffer.from(bytes)
}

function requestOf(head: Buffer): Request {
  if (lastRequest && head.equals(lastHead)) return lastRequest
  const request = parseRequest(head.toString('latin1').trimEnd())
  lastHead = Buffer.from(head)
  lastRequest = request
  return request
}

/** Behind the empty line that ends a head; 0 when it has not come. Lines may end by LF alone. */
function endOfHead(bytes: Buffer, from: number): number {
  for (let end = bytes.indexOf(LF, from); end >= 0; end = bytes.indexOf(LF, end + 1)) {
    if (bytes[end + 1] === LF) return end + 2
    if (bytes[end + 1] === CR && bytes[end + 2] === LF) return end + 3
  }
  return 0
}
