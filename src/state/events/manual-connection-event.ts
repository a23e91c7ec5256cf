import type { Connection, Endpoint, TcpState } from './socket.ts'
import type { Instant } from './time.ts'

/** Connections that the user makes by hand, one at a time, each with a number of its own. */
export type ManualConnectionEvent =
  | { type: 'manual-opened'; at: Instant; id: number; local: Endpoint; peer: Endpoint }
  | { type: 'manual-sent'; at: Instant; id: number; bytes: number; text: string }
  | { type: 'manual-received'; at: Instant; id: number; bytes: number; text: string }
  | { type: 'manual-reading'; at: Instant; id: number; slowly: boolean }
  | { type: 'manual-closed'; at: Instant; id: number; how: ManualConnectionEnding }
  /** The states of both ends, and who holds the server's. */
  | { type: 'manual-sampled'; at: Instant; seen: ManualConnectionSample[] }

/** Who ended it: the user, by closing or by RST; the server, by closing; or an error, by its errno. */
export type ManualConnectionEnding = 'closed' | 'aborted' | 'closed by the server' | { errno: string }

export type ManualConnectionSample = {
  id: number
  state: TcpState | null
  server: Omit<Connection, 'peer'> | null
}
