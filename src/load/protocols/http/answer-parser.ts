import type { AnswerParser, FailureName, Outcome } from '../protocol.ts'
import { ChunkedParser } from './chunked-parser.ts'
import { Fields } from './fields.ts'
import { HeadParser } from './head-parser.ts'

const SWITCHING_PROTOCOLS = 101
const NO_CONTENT = 204
const NOT_MODIFIED = 304

const NOTHING = Buffer.alloc(0)

/** Reads the answers of an HTTP/1.1 server on one connection. Source: RFC 9112, 6.3: where a message ends. */
export class HttpAnswerParser implements AnswerParser {
  outcome: Outcome = 'more'
  failure: FailureName = 'SHORT'
  status = 0
  canContinue = false
  readonly #isHead: boolean
  readonly #fields = new Fields()
  readonly #head = new HeadParser(this.#fields)
  readonly #chunks = new ChunkedParser()
  #part: 'head' | 'length' | 'chunks' | 'until-close' = 'head'
  #left = 0
  /** Whether no byte of the answer has come. */
  #isNew = true
  /** The head that was read last, if it was read whole: servers send the same again, until its date changes. */
  #known: Buffer = NOTHING

  /** Answers to HEAD have no body, whatever their header says. */
  constructor({ isHead = false } = {}) {
    this.#isHead = isHead
  }

  /** Whether the server closes after this answer, as it has said or as its version has it. */
  get serverCloses(): boolean {
    return !this.canContinue
  }

  /** Of the version, after `HTTP/1.`; null before the version has come. */
  get minor(): number | null {
    return this.#head.status > 0 || this.status > 0 ? this.#head.minor : null
  }

  begin(): void {
    this.outcome = 'more'
    this.status = 0
    this.#part = 'head'
    this.#isNew = true
  }

  take(bytes: Uint8Array, from: number, to: number): number {
    let i = this.#isNew ? this.#takeKnown(bytes, from, to) : from
    this.#isNew = false
    while (i < to && this.outcome === 'more') {
      switch (this.#part) {
        case 'head':
          i = this.#takeHead(bytes, i, to)
          break
        case 'length': {
          const taken = Math.min(this.#left, to - i)
          this.#left -= taken
          i += taken
          if (this.#left === 0) this.outcome = 'complete'
          break
        }
        case 'chunks':
          i = this.#chunks.take(bytes, i, to)
          this.outcome = this.#chunks.outcome
          this.failure = this.#chunks.failure
          break
        case 'until-close':
          i = to
          break
      }
    }
    return i
  }

  end(): void {
    if (this.outcome !== 'more') return
    if (this.#part === 'until-close') this.outcome = 'complete'
    else this.#fail('SHORT')
  }

  #takeHead(bytes: Uint8Array, from: number, to: number): number {
    const head = this.#head
    const end = head.take(bytes, from, to)
    if (head.outcome === 'failed') this.#fail(head.failure)
    if (head.outcome !== 'complete') return end
    // Others may come before the answer itself.
    if (head.status < 200 && head.status !== SWITCHING_PROTOCOLS) head.begin({ isFirst: false })
    else this.#beginBody()
    return end
  }

  /** Passes over a head that is the same as the latest: it says the same, so that it need not be read. */
  #takeKnown(bytes: Uint8Array, from: number, to: number): number {
    const known = this.#known
    const end = from + known.length
    const isKnown = known.length > 0 && end <= to && known.compare(bytes, from, end) === 0
    if (!isKnown) return this.#learn(bytes, from, to)
    this.#beginBody()
    return end
  }

  /** Reads a head, and keeps it when all of it is there and no other came before it. */
  #learn(bytes: Uint8Array, from: number, to: number): number {
    this.#head.begin()
    const end = this.#takeHead(bytes, from, to)
    const isAll = this.#head.outcome === 'complete' && this.outcome !== 'failed'
    this.#known = isAll ? Buffer.from(bytes.subarray(from, end)) : NOTHING
    return end
  }

  #beginBody(): void {
    const { status, minor } = this.#head
    const { contentLength, hasTransferEncoding, isChunked, framingFailure, close, keepAlive } = this.#fields
    this.status = status
    this.canContinue = !close && (minor > 0 || keepAlive) && status !== SWITCHING_PROTOCOLS
    if (this.#isHead || status < 200 || status === NO_CONTENT || status === NOT_MODIFIED) {
      this.outcome = 'complete'
      return
    }
    if (framingFailure) return this.#fail(framingFailure)
    if (hasTransferEncoding) {
      if (contentLength !== null) return this.#fail('BAD_LENGTH')
      // Not before HTTP/1.1 (6.1).
      if (minor === 0) return this.#fail('BAD_ENCODING')
      this.#part = isChunked ? 'chunks' : 'until-close'
      if (isChunked) this.#chunks.begin()
    } else if (contentLength !== null) {
      this.#left = contentLength
      this.#part = 'length'
      if (contentLength === 0) this.outcome = 'complete'
    } else this.#part = 'until-close'
    if (this.#part === 'until-close') this.canContinue = false
  }

  #fail(failure: FailureName): void {
    this.outcome = 'failed'
    this.failure = failure
  }
}
