import type { Duration, FoundProtocol } from '../../state/event.ts'
import type { HttpAnswerParser } from './http/answer-parser.ts'
import type { AnswerParser, FailureName, Outcome, Protocol } from './protocol.ts'

/**
 * Asks in HTTP, and finds out by the first answer what the server speaks: HTTP, or something else, of which any answer
 * counts. A server that closes without a word is asked again as `any` asks.
 */
export class Auto implements Protocol {
  readonly name = 'auto'
  /** Null while nothing has come. */
  found: FoundProtocol | null = null
  readonly #http: Protocol
  readonly #any: Protocol
  readonly #patience: Duration

  /** A server that says nothing for `patience` does not speak HTTP. */
  constructor(http: Protocol, any: Protocol, patience: Duration) {
    this.#http = http
    this.#any = any
    this.#patience = patience
  }

  get patience(): Duration {
    return this.found ? Infinity : this.#patience
  }

  get takesSeveral(): boolean {
    return this.#spoken.takesSeveral
  }

  get canRepeat(): boolean {
    return this.#spoken.canRepeat
  }

  request(index: number, isLast: boolean): Uint8Array {
    return this.#spoken.request(index, isLast)
  }

  createParser(): AnswerParser {
    return new AutoParser(this, this.#http.createParser() as HttpAnswerParser, this.#any.createParser())
  }

  surplus(bytes: Uint8Array, from: number, to: number): FailureName | null {
    return this.#spoken.surplus(bytes, from, to)
  }

  fallBack(): boolean {
    if (this.found) return false
    this.found = { service: 'any', version: null }
    return true
  }

  get #spoken(): Protocol {
    return this.found?.service === 'any' ? this.#any : this.#http
  }
}

/** Goes by HTTP's parser until the first bytes turn out to be no HTTP. */
class AutoParser implements AnswerParser {
  readonly #auto: Auto
  readonly #http: HttpAnswerParser
  readonly #any: AnswerParser
  #hasBegun = false

  constructor(auto: Auto, http: HttpAnswerParser, any: AnswerParser) {
    this.#auto = auto
    this.#http = http
    this.#any = any
  }

  begin(): void {
    this.#http.begin()
    this.#any.begin()
    this.#hasBegun = false
  }

  take(bytes: Uint8Array, from: number, to: number): number {
    this.#hasBegun = true
    const end = this.#parser.take(bytes, from, to)
    if (this.#auto.found) return end
    const { outcome, failure, minor } = this.#http
    if (outcome === 'failed' && failure === 'GARBAGE') {
      this.#auto.fallBack()
      return this.#any.take(bytes, from, to)
    }
    if (minor !== null) this.#auto.found = { service: 'http', version: `HTTP/1.${minor}` }
    return end
  }

  /** The first letters of HTTP and no more are an answer of another kind. */
  end(): void {
    if (!this.#hasBegun || this.#auto.found) return this.#parser.end()
    this.#auto.fallBack()
    this.#any.take(new Uint8Array(), 0, 0)
  }

  get outcome(): Outcome {
    return this.#parser.outcome
  }

  get failure(): FailureName {
    return this.#parser.failure
  }

  get status(): number {
    return this.#parser.status
  }

  get canContinue(): boolean {
    return this.#parser.canContinue
  }

  get serverCloses(): boolean {
    return this.#parser.serverCloses
  }

  get #parser(): AnswerParser {
    return this.#auto.found?.service === 'any' ? this.#any : this.#http
  }
}
