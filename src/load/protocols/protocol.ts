import type { Duration, ProtocolName } from '../../state/event.ts'

/** How far an answer is. `again`: the request has to be made anew in another way, by another connection. */
export type Outcome = 'more' | 'complete' | 'failed' | 'again'

/**
 * What an answer can be that is none, each a name among the failures of a load. Sources: RFC 9112, sections as named.
 */
export const failureNames = {
  SHORT: 'the server closed before its answer was whole',
  LONG: 'more bytes came than the answer has',
  TWICE: 'a second answer came that nobody had asked for',
  GARBAGE: 'what came is no answer of this protocol',
  BAD_HEADER: 'a header field that is none (5.1, 5.2)',
  LARGE_HEADER: 'header fields larger than 64 KiB together',
  BAD_LENGTH: 'a Content-Length that is no number, or one beside another or beside Transfer-Encoding (6.3)',
  BAD_ENCODING: 'a Transfer-Encoding that does not say where the answer ends (6.1, 6.3)',
  BAD_CHUNK: 'a chunk without its size or its end (7.1)',
} as const

export type FailureName = keyof typeof failureNames

/** Reads the answers on one connection after the other, in whatever pieces they come. Never throws. */
export interface AnswerParser {
  /** A new answer is to come. */
  begin(): void
  /**
   * Takes the bytes from `from` up to `to`. Returns how far it came: before `to` only when the answer is complete, or
   * has failed.
   */
  take(bytes: Uint8Array, from: number, to: number): number
  /** The server has closed: an answer may be complete by that. */
  end(): void
  readonly outcome: Outcome
  /** Why it failed; of no meaning before. */
  readonly failure: FailureName
  /** HTTP's status code of a complete answer; 0 where there is none. */
  readonly status: number
  /** Whether the connection can be used for another request after this answer. */
  readonly canContinue: boolean
  /** Whether the server will close the connection after this answer. */
  readonly serverCloses: boolean
}

/** How clients talk to a server: one module for each, see the table in index.ts. */
export type Protocol = {
  readonly name: ProtocolName | 'auto'
  /** The bytes of a request: the `index`-th on its connection, from 0, and perhaps the last. */
  request(index: number, isLast: boolean): Uint8Array
  createParser(): AnswerParser
  /** Whether several requests can be made on one connection. */
  readonly takesSeveral: boolean
  /** Whether a request can be sent again when nobody knows whether the server has done it. */
  readonly canRepeat: boolean
  /** What is wrong when bytes come after a complete answer, before the next request; null when nothing is. */
  surplus(bytes: Uint8Array, from: number, to: number): FailureName | null
  /** How long the server may be silent, where that is less than for others. */
  readonly silenceLimit: Duration
  /** Nothing came of a request. Returns whether it will be asked in another way from now on. */
  fallBack?(): boolean
}
