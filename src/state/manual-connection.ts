import type {
  Duration,
  Endpoint,
  Instant,
  ManualConnectionEnding,
  ManualConnectionSample,
  TcpState,
} from './event.ts'

export type ManualConnection = {
  id: number
  local: Endpoint
  peer: Endpoint
  openedAt: Instant
  sent: number
  received: number
  lastSent: string
  /** The first bytes after the last ones sent, and how long they took; null before any. */
  reply: { text: string; after: Duration } | null
  /** When something was sent that has no reply yet. */
  askedAt: Instant | null
  /** Whether it reads a byte a second only. */
  slowly: boolean
  /** Of the client's end. */
  state: TcpState | null
  server: ManualConnectionSample['server']
  ended: { at: Instant; how: ManualConnectionEnding } | null
}
