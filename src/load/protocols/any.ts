import type { AnswerParser, FailureName, Outcome, Protocol } from './protocol.ts'

/**
 * Whatever comes is an answer: of a service that nobody knows. It is over when the server closes, or has nothing more
 * to say for as long as a client waits for that, see exchange.ts.
 */
export function any(bytes: number): Protocol {
  const request = Buffer.from(`${bytes}\n`)
  return {
    name: 'any',
    request: () => request,
    createParser: () => new AnyParser(),
    takesSeveral: false,
    canRepeat: false,
    silenceLimit: Infinity,
    surplus: () => null,
  }
}

/** The first piece is enough; an end without one is none. */
class AnyParser implements AnswerParser {
  outcome: Outcome = 'more'
  readonly failure: FailureName = 'SHORT'
  readonly status = 0
  readonly canContinue = false
  readonly serverCloses = true

  begin(): void {
    this.outcome = 'more'
  }

  take(_: Uint8Array, __: number, to: number): number {
    this.outcome = 'complete'
    return to
  }

  end(): void {
    this.outcome = 'failed'
  }
}
