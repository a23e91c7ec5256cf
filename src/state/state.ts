import { noCounts } from './counts.ts'
import type {
  Counts,
  Duration,
  Ending,
  HerdRow,
  Instant,
  Listener,
  LoadFigures,
  Sockets,
  SourceName,
} from './event.ts'
import type { Load } from './load.ts'
import { emptyLog, type Log } from './log.ts'
import type { ManualConnection } from './manual-connection.ts'
import type { Departed, Process } from './process.ts'
import { MOST_KEPT } from './retention.ts'

export type { Counts } from './event.ts'
export type * from './load.ts'
export type * from './manual-connection.ts'
export type * from './process.ts'

/** Everything known about one server and its load. Made by reduce() alone, and never changed in place. */
export type State = {
  /** The time of the latest event. */
  now: Instant
  /** What to add to a moment to get milliseconds since 1970, as the clock on the wall shows them. */
  wallOffset: number
  server: Server
  /** Processes by pid: those that live, zombies, and those that ended a moment ago. */
  processes: ReadonlyMap<number, Process>
  /** Pids of ended processes, in the order in which they were reaped. */
  ended: readonly number[]
  /** How long that list may become before it is looked through for what can be forgotten. */
  forgetAt: number
  /** Processes seen so far. */
  seen: number
  /** What processes did that are no longer listed. */
  departed: Departed
  /** What all processes did together, those that are gone too. */
  totals: Counts
  /** Processes that were forked, and how many of these nothing is left of. */
  forked: number
  reaped: number
  /** How processes that are gone ended, by kind of ending. */
  exits: ReadonlyMap<string, { ending: Ending | null; count: number }>
  zombies: { now: number; peak: number; longest: Duration; leftAtStop: number }
  signals: ReadonlyMap<string, SignalCount>
  /** Who sent each signal to each process last: keys of `signals` by name and receiver. */
  lastSenders: ReadonlyMap<string, string>
  /** `unfollowed`: connections whose requests and time were not, or no longer, seen. */
  probe: { events: number; dropped: number; unfollowed: number }
  /** When the counts were read last. */
  countedAt: Instant
  /** The ways of observing that were tried: null when one is read, or why it cannot be. */
  sources: Partial<Record<SourceName, string | null>>
  listeners: readonly Listener[]
  /** As last looked at, with what was counted since the first look; null before that. */
  sockets: (Sockets & { base: Pick<Sockets, 'overflows' | 'drops'> }) | null
  load: Load
  /** Connections made by hand: those that are open, and the last few that ended. */
  manualConnections: readonly ManualConnection[]
  /** How many were ever established. */
  manualConnects: number
  /** Connections of other clients that were accepted while nothing of ours was under way. */
  othersAccepted: number
  history: readonly Moment[]
  /** What the lab `herd` has found; null when it did not run, or another server was started since. */
  herd: Herd | null
  log: Log
}

export type Server = {
  phase: 'none' | 'starting' | 'running' | 'stopping' | 'gone'
  name: string
  command: readonly string[]
  host: string
  port: number | null
  /** It ran already when we came, and is somebody's: we neither started it nor end it. */
  attached: boolean
  /** It tells of each signal handler that runs. */
  tellsHandlers: boolean
  /** Its first process: of a daemon the one that goes on. */
  pid: number | null
  /** Who adopts the server's orphans; null when it was never started. */
  launcher: number | null
  startedAt: Instant
  /** How the server's first process ended; null while it lives. */
  ending: Ending | null
  /** Why it could not be started, as a sentence. */
  failure: string | null
  /** When we asked it to stop; null while we did not. */
  stopRequestedAt: Instant | null
  /** What it was sent to end it, and when what is left is killed; null while it was not stopped. */
  stopping: { signal: string; until: Instant } | null
  /** Processes that had to be ended by SIGKILL. */
  killed: number
  /** The last lines that it printed, of each stream so many. */
  output: readonly OutputLine[]
}

export type OutputLine = { stream: 'stdout' | 'stderr'; line: string }

export type SignalCount = {
  name: string
  from: number | 'you' | 'kernel' | 'unknown'
  to: number
  count: number
  handlerRuns: number
}

export type Herd = { children: number; connections: number; rows: readonly HerdRow[]; isRunning: boolean }

/** What was counted so far at one moment of the last minute, for charts over time. */
export type Moment = {
  at: Instant
  accepts: number
  /** Connections that our load, and those before it, established. */
  established: number
  /** Connections that waited in the queues of all listeners. */
  queued: number
}

export const noFigures: LoadFigures = {
  attempts: 0,
  connects: 0,
  succeeded: 0,
  failed: {},
  refused: 0,
  requests: 0,
  statuses: {},
  retried: 0,
  unclosed: 0,
  bytes: 0,
  elapsed: 0,
  latency: { p50: 0, p90: 0, p99: 0, p999: 0, max: 0 },
  service: null,
  connect: null,
  queued: null,
  served: null,
  planned: 0,
  distribution: [],
}

export const initialState: State = {
  now: 0,
  wallOffset: 0,
  server: {
    phase: 'none',
    name: '',
    command: [],
    host: '',
    port: null,
    attached: false,
    tellsHandlers: false,
    pid: null,
    launcher: null,
    startedAt: 0,
    ending: null,
    failure: null,
    stopRequestedAt: null,
    stopping: null,
    killed: 0,
    output: [],
  },
  processes: new Map(),
  ended: [],
  forgetAt: MOST_KEPT,
  seen: 0,
  departed: { processes: 0, counts: noCounts },
  totals: noCounts,
  forked: 0,
  reaped: 0,
  exits: new Map(),
  zombies: { now: 0, peak: 0, longest: 0, leftAtStop: 0 },
  signals: new Map(),
  lastSenders: new Map(),
  probe: { events: 0, dropped: 0, unfollowed: 0 },
  countedAt: 0,
  sources: {},
  listeners: [],
  sockets: null,
  manualConnections: [],
  manualConnects: 0,
  othersAccepted: 0,
  load: {
    phase: 'idle',
    plan: null,
    generator: null,
    figures: noFigures,
    startedAt: 0,
    endedAt: 0,
    stopped: false,
    error: null,
    recent: [],
    found: null,
    before: { established: 0, refused: 0 },
    isMarked: false,
  },
  history: [],
  herd: null,
  log: emptyLog,
}
