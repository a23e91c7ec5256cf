import type { HerdEvent } from './events/herd-event.ts'
import type { GeneratorEvent, LoadEvent } from './events/load-event.ts'
import type { ManualConnectionEvent } from './events/manual-connection-event.ts'
import type { MeasureEvent } from './events/measure-event.ts'
import type { PerfStateEvent, ProcessEvent, SignalEvent } from './events/process-event.ts'
import type { ServerEvent } from './events/server-event.ts'
import type { Instant } from './events/time.ts'

export type * from './events/counts.ts'
export type * from './events/herd-event.ts'
export type * from './events/load-event.ts'
export type * from './events/load-figures.ts'
export type * from './events/manual-connection-event.ts'
export type * from './events/measure-event.ts'
export type * from './events/process-event.ts'
export type * from './events/process-sample.ts'
export type * from './events/server-event.ts'
export type * from './events/socket.ts'
export type * from './events/time.ts'

/**
 * Everything that can happen, as plain data. Probe, /proc, supervision and load are turned into these; the
 * reducer, and through it the screen and the reports, see nothing else.
 */
export type Event =
  | ServerEvent
  | ProcessEvent
  | SignalEvent
  | MeasureEvent
  | PerfStateEvent
  | LoadEvent
  | GeneratorEvent
  | ManualConnectionEvent
  | HerdEvent
  /** A beat is over: what has ended grows older, also when nothing happens. */
  | { type: 'tick'; at: Instant }
  /** What the clock on the wall showed at that moment: milliseconds since 1970. */
  | { type: 'clock'; at: Instant; wall: number }
