import type { FailureName, Outcome } from '../protocol.ts'
import type { Fields } from './fields.ts'

/** More than this nobody's header needs. */
const LARGEST = 64 * 1024
const LONGEST_NAME_WANTED = 'transfer-encoding'.length

const CR = 0x0d
const LF = 0x0a
const SPACE = 0x20
const TAB = 0x09
const COLON = 0x3a
const ZERO = 0x30
const DELETE = 0x7f

const BEGINNING = Buffer.from('HTTP/1.')
/** Places in the status line: `HTTP/1.1 200 OK`. */
const MINOR = 7
const STATUS = 9
const AFTER_STATUS = 12

// States, by what comes next.
const STATUS_LINE = 0
const REASON = 1
const LINE = 2
const NAME = 3
const VALUE = 4
const END_OF_LINE = 5
const END_OF_HEAD = 6

/** For each byte that may stand in a field's name, its lower case; else 0. Source: RFC 9110, 5.6.2, token. */
const token = new Uint8Array(256)
for (const character of "!#$%&'*+-.^_`|~0123456789abcdefghijklmnopqrstuvwxyz")
  token[character.charCodeAt(0)] = character.charCodeAt(0)
for (let letter = 0x41; letter <= 0x5a; letter++) token[letter] = letter | 0x20

/**
 * Reads a status line and header fields, or the fields of a trailer, in whatever pieces they come. A line may end by LF
 * alone, and a value go on in the next line, which then begins with whitespace. Source: RFC 9112, 2.2, 4 and 5.
 */
export class HeadParser {
  outcome: Outcome = 'more'
  failure: FailureName = 'GARBAGE'
  status = 0
  /** Of the version, after `HTTP/1.`. */
  minor = 0
  readonly #fields: Fields | null
  readonly #name = new Uint8Array(LONGEST_NAME_WANTED)
  #state = STATUS_LINE
  /** Bytes of the status line, or of the name, so far. */
  #place = 0
  #isWanted = false
  #hasField = false
  #size = 0

  /** Of the fields of a trailer nothing is wanted. */
  constructor(fields: Fields | null) {
    this.#fields = fields
  }

  /** A head is to come, after those before it: what they took together is limited. */
  begin({ isFirst = true, isTrailer = false } = {}): void {
    this.outcome = 'more'
    this.status = 0
    this.#state = isTrailer ? LINE : STATUS_LINE
    this.#place = 0
    this.#isWanted = false
    this.#hasField = false
    if (isFirst) this.#size = 0
    this.#fields?.begin()
  }

  /** As AnswerParser.take. */
  take(bytes: Uint8Array, from: number, to: number): number {
    const end = this.#take(bytes, from, to)
    this.#size += end - from
    if (this.#size > LARGEST && this.outcome !== 'failed') this.#fail('LARGE_HEADER')
    return end
  }

  #take(bytes: Uint8Array, from: number, to: number): number {
    let i = from
    while (i < to) {
      switch (this.#state) {
        case STATUS_LINE:
          i = this.#takeStatusLine(bytes, i, to)
          break
        case REASON:
          i = this.#takeText(bytes, i, to)
          break
        case LINE:
          i = this.#beginLine(bytes[i]!, i)
          break
        case NAME:
          i = this.#takeName(bytes, i, to)
          break
        case VALUE:
          i = this.#isWanted ? this.#takeValue(bytes, i, to) : this.#takeText(bytes, i, to)
          break
        case END_OF_LINE:
          if (bytes[i++] !== LF) this.#fail('BAD_HEADER')
          this.#state = LINE
          break
        case END_OF_HEAD:
          if (bytes[i++] === LF) this.#complete()
          else this.#fail('BAD_HEADER')
          break
      }
      if (this.outcome !== 'more') return i
    }
    return i
  }

  #takeStatusLine(bytes: Uint8Array, from: number, to: number): number {
    let i = from
    for (; i < to && this.#place < AFTER_STATUS; i++) {
      if (!this.#takeStatusByte(bytes[i]!, this.#place++)) {
        this.#fail('GARBAGE')
        return i
      }
    }
    if (i === to) return i
    // A reason may be missing, and the space before it.
    const isEnd = bytes[i] === SPACE || bytes[i] === CR || bytes[i] === LF
    if (isEnd && this.status >= 100) this.#state = REASON
    else this.#fail('GARBAGE')
    return i
  }

  #takeStatusByte(byte: number, place: number): boolean {
    if (place < MINOR) return byte === BEGINNING[place]
    if (place === STATUS - 1) return byte === SPACE
    const digit = byte - ZERO
    if (digit < 0 || digit > 9) return false
    if (place === MINOR) this.minor = digit
    else this.status = 10 * this.status + digit
    return true
  }

  #beginLine(byte: number, at: number): number {
    if (byte === SPACE || byte === TAB) {
      // What goes on is the value of the line before; without one it could be anything.
      if (!this.#hasField) this.#fail('BAD_HEADER')
      if (this.#isWanted) this.#fields!.add(SPACE)
      this.#state = VALUE
      return at + 1
    }
    this.#endField()
    if (byte === LF) this.#complete()
    else if (byte === CR) this.#state = END_OF_HEAD
    else {
      this.#state = NAME
      this.#place = 0
      return at
    }
    return at + 1
  }

  #takeName(bytes: Uint8Array, from: number, to: number): number {
    let place = this.#place
    let i = from
    for (; i < to; i++) {
      const lower = token[bytes[i]!]!
      if (lower === 0) break
      if (place < LONGEST_NAME_WANTED) this.#name[place] = lower
      place++
    }
    this.#place = place
    if (i === to) return i
    if (bytes[i] !== COLON || place === 0) {
      this.#fail('BAD_HEADER')
      return i
    }
    this.#hasField = true
    this.#isWanted = this.#fields?.wants(this.#name, place) ?? false
    this.#state = VALUE
    return i + 1
  }

  #takeValue(bytes: Uint8Array, from: number, to: number): number {
    const end = this.#takeText(bytes, from, to)
    const last = this.#state === VALUE || this.outcome === 'failed' ? end : end - 1
    for (let i = from; i < last; i++) this.#fields!.add(bytes[i]!)
    return end
  }

  /** The text of a reason or of a value, with the CR or LF that ends it. */
  #takeText(bytes: Uint8Array, from: number, to: number): number {
    let i = from
    for (; i < to; i++) {
      const byte = bytes[i]!
      if (byte >= SPACE ? byte !== DELETE : byte === TAB) continue
      if (byte === LF) this.#state = LINE
      else if (byte === CR) this.#state = END_OF_LINE
      else {
        this.#fail('BAD_HEADER')
        return i
      }
      return i + 1
    }
    return i
  }

  #endField(): void {
    if (!this.#isWanted) return
    this.#isWanted = false
    const failure = this.#fields!.end(this.#place)
    if (failure) this.#fail(failure)
  }

  #complete(): void {
    if (this.outcome === 'more') this.outcome = 'complete'
  }

  #fail(failure: FailureName): void {
    this.outcome = 'failed'
    this.failure = failure
  }
}
