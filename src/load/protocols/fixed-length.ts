import type { AnswerParser, FailureName, Outcome } from './protocol.ts'

/** An answer of a known length, whose beginning may be known too. Without any length it is complete by its end. */
export class FixedLengthParser implements AnswerParser {
  outcome: Outcome = 'more'
  failure: FailureName = 'SHORT'
  readonly status = 0
  readonly canContinue: boolean
  readonly serverCloses: boolean
  readonly #length: number
  readonly #beginning: Uint8Array
  #received = 0

  constructor(length: number, { serverCloses = false, beginning = new Uint8Array() } = {}) {
    this.#length = length
    this.#beginning = beginning
    this.serverCloses = serverCloses
    this.canContinue = !serverCloses
  }

  begin(): void {
    this.outcome = 'more'
    this.#received = 0
  }

  take(bytes: Uint8Array, from: number, to: number): number {
    const end = Math.min(to, from + this.#length - this.#received)
    for (let i = from; i < end && this.#received + i - from < this.#beginning.length; i++)
      if (bytes[i] !== this.#beginning[this.#received + i - from]) return this.#fail('GARBAGE', i)
    this.#received += end - from
    if (this.#length === 0) return this.#fail('LONG', from)
    if (this.#received === this.#length) this.outcome = 'complete'
    return end
  }

  end(): void {
    if (this.#length === 0) this.outcome = 'complete'
    else this.#fail('SHORT', 0)
  }

  #fail(failure: FailureName, at: number): number {
    this.outcome = 'failed'
    this.failure = failure
    return at
  }
}
