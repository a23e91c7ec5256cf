import type { FailureName } from '../protocol.ts'

const LONGEST_VALUE = 1024
const CONTENT_LENGTH = Buffer.from('content-length')
const TRANSFER_ENCODING = Buffer.from('transfer-encoding')
const CONNECTION = Buffer.from('connection')
const KEEP_ALIVE = Buffer.from('keep-alive')
const CLOSE = Buffer.from('close')
const CHUNKED = Buffer.from('chunked')
const ZERO = 0x30
const SPACE = 0x20
const TAB = 0x09
/** Digits of the longest Content-Length that a double holds exactly. */
const MOST_DIGITS = 15

const TOKEN = /^[!#$%&'*+\-.^_`|~0-9a-z]+$/

/**
 * The header fields that say where an answer ends and whether the connection goes on. All others are passed over. The
 * parser of the head gives names and values byte by byte, in lower case. Source: RFC 9112, 6 and 9.3.
 */
export class Fields {
  /** The one Content-Length; null where there is none. */
  contentLength: number | null = null
  hasTransferEncoding = false
  /** Whether the last transfer coding is chunked. */
  isChunked = false
  /** Whether the connection ends after this answer, or goes on though the version would end it. */
  close = false
  keepAlive = false
  /** What is wrong with a field that frames; it matters only to an answer that has a body. */
  framingFailure: FailureName | null = null
  #hasChunked = false
  readonly #value = Buffer.alloc(LONGEST_VALUE)
  #length = 0

  begin(): void {
    this.contentLength = null
    this.hasTransferEncoding = false
    this.isChunked = false
    this.#hasChunked = false
    this.close = false
    this.keepAlive = false
    this.framingFailure = null
  }

  /** Whether the value of the field with that name is wanted; it is given by `add` then. */
  wants(name: Uint8Array, length: number): boolean {
    this.#length = 0
    switch (length) {
      case CONNECTION.length:
        return isEqual(name, length, CONNECTION)
      case CONTENT_LENGTH.length:
        return isEqual(name, length, CONTENT_LENGTH)
      case TRANSFER_ENCODING.length:
        return isEqual(name, length, TRANSFER_ENCODING)
      default:
        return false
    }
  }

  /** The next byte of the value. */
  add(byte: number): void {
    if (this.#length === 0 && (byte === SPACE || byte === TAB)) return
    if (this.#length < LONGEST_VALUE)
      this.#value[this.#length] = byte >= 0x41 && byte <= 0x5a ? byte | 0x20 : byte
    this.#length++
  }

  /** The value is whole; its name had so many bytes. Returns what is wrong with it, beside framing. */
  end(nameLength: number): FailureName | null {
    if (this.#length > LONGEST_VALUE) return 'LARGE_HEADER'
    const value = this.#value
    let length = this.#length
    while (length > 0 && (value[length - 1] === SPACE || value[length - 1] === TAB)) length--
    if (nameLength === CONTENT_LENGTH.length) this.#takeLength(length)
    else if (nameLength === CONNECTION.length) this.#takeConnection(length)
    else this.#takeEncoding(length)
    return null
  }

  /** A number, or the same number again, also in one list. Source: RFC 9112, 6.3. */
  #takeLength(length: number): void {
    const number = this.#number(0, length)
    if (number !== null) return this.#setLength(number)
    const members = this.#value.toString('latin1', 0, length).split(',')
    for (const member of members) {
      const digits = trimmed(member)
      this.#setLength(/^[0-9]{1,15}$/.test(digits) ? Number(digits) : null)
    }
  }

  #setLength(number: number | null): void {
    if (number === null || (this.contentLength !== null && this.contentLength !== number))
      this.framingFailure = 'BAD_LENGTH'
    this.contentLength = number
  }

  #number(from: number, to: number): number | null {
    if (to === from || to - from > MOST_DIGITS) return null
    let number = 0
    for (let i = from; i < to; i++) {
      const digit = this.#value[i]! - ZERO
      if (digit < 0 || digit > 9) return null
      number = 10 * number + digit
    }
    return number
  }

  #takeConnection(length: number): void {
    if (isEqual(this.#value, length, KEEP_ALIVE)) this.keepAlive = true
    else if (isEqual(this.#value, length, CLOSE)) this.close = true
    else
      for (const option of this.#value.toString('latin1', 0, length).split(',').map(trimmed)) {
        this.keepAlive ||= option === 'keep-alive'
        this.close ||= option === 'close'
      }
  }

  /** A list of codings, perhaps over several fields: only its end matters, and that chunked is there once. */
  #takeEncoding(length: number): void {
    const codings = isEqual(this.#value, length, CHUNKED)
      ? ['chunked']
      : this.#value.toString('latin1', 0, length).split(',').map(trimmed).filter(Boolean)
    this.hasTransferEncoding = true
    if (codings.length === 0) this.framingFailure = 'BAD_ENCODING'
    for (const coding of codings) {
      const [name = '', ...parameters] = coding.split(';').map(trimmed)
      this.isChunked = name === 'chunked'
      const isWrong = !TOKEN.test(name) || (this.isChunked && (this.#hasChunked || parameters.length > 0))
      if (isWrong) this.framingFailure = 'BAD_ENCODING'
      this.#hasChunked ||= this.isChunked
    }
  }
}

/** Without what counts as optional whitespace: spaces and tabs, not all that trim() takes. */
function trimmed(text: string): string {
  return text.replace(/^[ \t]+|[ \t]+$/g, '')
}

function isEqual(bytes: Uint8Array, length: number, other: Uint8Array): boolean {
  if (length !== other.length) return false
  for (let i = 0; i < length; i++) if (bytes[i] !== other[i]) return false
  return true
}
