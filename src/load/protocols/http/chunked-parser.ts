import type { FailureName, Outcome } from '../protocol.ts'
import { HeadParser } from './head-parser.ts'

const CR = 0x0d
const LF = 0x0a
const SPACE = 0x20
const TAB = 0x09
const SEMICOLON = 0x3b
const DELETE = 0x7f

/** Digits of a size that a double holds exactly, without zeros before them. */
const MOST_DIGITS = 13
/** More than this no extension needs. */
const LONGEST_LINE = 16 * 1024

// States, by what comes next.
const SIZE = 0
const BEFORE_EXTENSION = 1
const EXTENSION = 2
const END_OF_SIZE = 3
const DATA = 4
const CR_AFTER_DATA = 5
const LF_AFTER_DATA = 6
const TRAILER = 7

/** The value of each hexadecimal digit; -1 for all other bytes. */
const hexadecimal = new Int8Array(256).fill(-1)
for (let value = 0; value < 16; value++) {
  const digit = value.toString(16)
  hexadecimal[digit.charCodeAt(0)] = value
  hexadecimal[digit.toUpperCase().charCodeAt(0)] = value
}

/** Reads a chunked body with its extensions and trailer, in whatever pieces it comes. Source: RFC 9112, 7.1. */
export class ChunkedParser {
  outcome: Outcome = 'more'
  failure: FailureName = 'BAD_CHUNK'
  readonly #trailer = new HeadParser(null)
  #state = SIZE
  #size = 0
  #hasSize = false
  /** Bytes of the line with the size so far, and digits of the size. */
  #length = 0
  #digits = 0

  begin(): void {
    this.outcome = 'more'
    this.#beginChunk()
  }

  /** As AnswerParser.take. */
  take(bytes: Uint8Array, from: number, to: number): number {
    let i = from
    while (i < to && this.outcome === 'more') {
      if (this.#state === DATA) {
        const taken = Math.min(this.#size, to - i)
        this.#size -= taken
        i += taken
        if (this.#size === 0) this.#state = CR_AFTER_DATA
      } else if (this.#state === TRAILER) {
        i = this.#takeTrailer(bytes, i, to)
      } else if (this.#takeByte(bytes[i]!)) i++
      else {
        this.outcome = 'failed'
        this.failure = 'BAD_CHUNK'
      }
    }
    return i
  }

  #beginChunk(): void {
    this.#state = SIZE
    this.#size = 0
    this.#hasSize = false
    this.#length = 0
    this.#digits = 0
  }

  #takeByte(byte: number): boolean {
    switch (this.#state) {
      case SIZE:
        return this.#takeDigit(byte) || (this.#hasSize && this.#endSize(byte))
      case BEFORE_EXTENSION:
        if (byte === SPACE || byte === TAB) return this.#isShort()
        this.#state = EXTENSION
        return byte === SEMICOLON
      case EXTENSION:
        if (byte === CR) this.#state = END_OF_SIZE
        return byte === CR || (this.#isShort() && (byte >= SPACE ? byte !== DELETE : byte === TAB))
      case END_OF_SIZE:
        this.#endLine()
        return byte === LF
      case CR_AFTER_DATA:
        this.#state = LF_AFTER_DATA
        return byte === CR
      default:
        this.#beginChunk()
        return byte === LF
    }
  }

  #takeDigit(byte: number): boolean {
    const digit = hexadecimal[byte]!
    if (digit < 0) return false
    this.#hasSize = true
    this.#size = 16 * this.#size + digit
    if (this.#size > 0) this.#digits++
    return this.#digits <= MOST_DIGITS && this.#isShort()
  }

  #endSize(byte: number): boolean {
    if (byte === CR) this.#state = END_OF_SIZE
    else if (byte === SEMICOLON) this.#state = EXTENSION
    else this.#state = BEFORE_EXTENSION
    return byte === CR || byte === SEMICOLON || byte === SPACE || byte === TAB
  }

  #endLine(): void {
    this.#state = this.#size > 0 ? DATA : TRAILER
    if (this.#state === TRAILER) this.#trailer.begin({ isTrailer: true })
  }

  #isShort(): boolean {
    return ++this.#length <= LONGEST_LINE
  }

  #takeTrailer(bytes: Uint8Array, from: number, to: number): number {
    const end = this.#trailer.take(bytes, from, to)
    this.outcome = this.#trailer.outcome
    if (this.outcome === 'failed') this.failure = this.#trailer.failure
    return end
  }
}
