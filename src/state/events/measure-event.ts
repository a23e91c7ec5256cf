import type { ThreadCounts } from './counts.ts'
import type { ProcessSample } from './process-sample.ts'
import type { Listener, Sockets } from './socket.ts'
import type { Instant } from './time.ts'

/** A way of observing. */
export type SourceName = 'probe' | 'proc' | 'sockets' | 'perf'

/** State that is read at intervals rather than told as it happens. */
export type MeasureEvent =
  /** From now on this source is read, or cannot be read, for a reason in one sentence. */
  | { type: 'source'; at: Instant; source: SourceName; failure: string | null }
  | { type: 'counted'; at: Instant; changes: ThreadCounts[] }
  /** `unfollowed`: connections whose requests and time were not, or no longer, seen. */
  | { type: 'probe-read'; at: Instant; events: number; dropped: number; unfollowed: number }
  | { type: 'sampled'; at: Instant; processes: ProcessSample[]; gone: number[] }
  | { type: 'listening'; at: Instant; listeners: Listener[] }
  | ({ type: 'sockets'; at: Instant } & Sockets)
