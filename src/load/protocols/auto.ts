import type { Duration, FoundProtocol } from '../../state/event.ts'
import type { HttpAnswerParser } from './http/answer-parser.ts'
import type { AnswerParser, FailureName, Outcome, Protocol } from './protocol.ts'

type Way = 'any' | 'http'

/** How long a server may be silent before it is asked in the other way. */
export type SilenceLimits = Record<Way, Duration>

/**
 * Finds out by the first answers what the server speaks. It is asked as `any` asks, in a line: whatever answers that
 * in its own words is not troubled with HTTP. One that answers in HTTP, waits for more, or closes without a word, is
 * asked in HTTP by another connection. What can only be meant in HTTP is asked in HTTP at once.
 */
export class Auto implements Protocol {
  readonly name = 'auto'
  /** Null while it is not known. */
  found: FoundProtocol | null = null
  readonly #http: Protocol
  readonly #any: Protocol
  readonly #silenceLimits: SilenceLimits
  /** The ways to ask, the one that is tried now first. */
  #ways: Way[]

  constructor(
    http: Protocol,
    any: Protocol,
    silenceLimits: SilenceLimits,
    { httpFirst }: { httpFirst: boolean },
  ) {
    this.#http = http
    this.#any = any
    this.#silenceLimits = silenceLimits
    this.#ways = httpFirst ? ['http', 'any'] : ['any', 'http']
  }

  get way(): Way {
    return this.found ? (this.found.service === 'http' ? 'http' : 'any') : this.#ways[0]!
  }

  get silenceLimit(): Duration {
    return this.found ? Infinity : this.#silenceLimits[this.way]
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
    this.#ways = this.#ways.slice(1)
    if (this.#ways.length === 0) this.found = { service: 'any', version: null }
    return true
  }

  get #spoken(): Protocol {
    return this.way === 'any' ? this.#any : this.#http
  }
}

/** Goes by HTTP's parser until the first bytes turn out to be no HTTP. */
class AutoParser implements AnswerParser {
  readonly #auto: Auto
  readonly #http: HttpAnswerParser
  readonly #any: AnswerParser
  /** How the request was made to which this is the answer. */
  #asked: Way = 'any'
  #hasBegun = false
  #again = false

  constructor(auto: Auto, http: HttpAnswerParser, any: AnswerParser) {
    this.#auto = auto
    this.#http = http
    this.#any = any
  }

  begin(): void {
    this.#http.begin()
    this.#any.begin()
    this.#asked = this.#auto.way
    this.#hasBegun = false
    this.#again = false
  }

  take(bytes: Uint8Array, from: number, to: number): number {
    this.#hasBegun = true
    if (this.#auto.found) return this.#parser.take(bytes, from, to)
    const end = this.#http.take(bytes, from, to)
    const { outcome, failure, minor } = this.#http
    if (minor !== null) {
      this.#auto.found = { service: 'http', version: `HTTP/1.${minor}` }
      // It complains in HTTP about a line that was none.
      this.#again = this.#asked === 'any'
    } else if (outcome === 'failed' && failure === 'GARBAGE') {
      this.#auto.found = { service: 'any', version: null }
      return this.#any.take(bytes, from, to)
    }
    return end
  }

  /** The first letters of HTTP and no more are an answer of another kind. */
  end(): void {
    if (!this.#hasBegun || this.#auto.found) return this.#parser.end()
    this.#auto.found = { service: 'any', version: null }
    this.#any.take(new Uint8Array(), 0, 0)
  }

  get outcome(): Outcome {
    return this.#again ? 'again' : this.#parser.outcome
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
