import type {
  Activity,
  Duration,
  Ending,
  Endpoint,
  FoundProtocol,
  GeneratorPlan,
  HerdRow,
  Instant,
  Listener,
  LoadFigures,
  LoadPlan,
  ManualConnectionEnding,
  ManualConnectionSample,
  Sockets,
  SourceName,
  TcpState,
  ThreadSample,
} from './event.ts'
import { emptyLog, type Log } from './log.ts'
import { MOST_KEPT } from './retention.ts'

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

/** What was counted; see ThreadCounts. */
export type Counts = {
  accepts: number
  received: number
  passed: number
  wakeups: number
  eagain: number
  requests: number
  bytesIn: number
  bytesOut: number
  serving: Duration
  waiting: Duration
}

export type Process = {
  pid: number
  /** Who forked it; it stays so when that one is gone. */
  parent: number
  /** Its parent is gone, and the launcher has adopted it. */
  orphan: boolean
  /** Its place among its parent's children, in the order in which they were first seen, from 0. */
  index: number
  /** How many children of it were seen so far. */
  children: number
  born: Instant
  /** When it started, as the kernel counts: null until it was sampled. */
  startTicks: number | null
  /** Whether it told of its fork itself. */
  isAnnounced: boolean
  name: string
  /** R, S, D, T, Z as /proc tells; null until it was sampled. */
  state: string | null
  waitsIn: string | null
  cpu: Duration
  /** Share of one core used between the last two samples, from 0 to 1 for each thread. */
  cpuShare: number
  memory: number
  threads: number
  threadList: readonly Thread[]
  /** What each of its threads counted, by thread id, while it lives. */
  threadCounts: ReadonlyMap<number, Counts>
  /** What each of its threads does about connections, by thread id: those that ever had one, while they live. */
  activities: ReadonlyMap<number, Activity>
  /** Connections that it holds. */
  open: number
  /** When the program began to run that it runs. */
  image: Instant
  /** How long its threads had served at moments of the last seconds, the newest last. */
  served: readonly ServedBy[]
  /** The same when the load began and ended; null before. */
  loadBegan: ServedBy | null
  loadEnded: ServedBy | null
  probed: boolean
  /** When the probe last told that it is in it. */
  probedAt: Instant
  /** When it began to run its program, where perf has told of it; else 0. */
  executedAt: Instant
  sampledAt: Instant
  catches: readonly string[]
  ignores: readonly string[]
  /** How often it gave up its processor to wait, as last looked at. */
  switches: number
  /** How long it could have run and was not let, as last looked at. */
  runDelay: Duration
  /** What it calls itself in the place of its command line; empty when that is a command line. */
  title: string
  /** What it did, as far as any source has seen. */
  counts: Counts
  /** What it accepted as the probe counted it, and as perf did; null where perf has counted nothing of it. */
  probeAccepts: number
  perfAccepts: number | null
  /** The kernel reaps it without being asked. */
  autoReap: boolean
  exited: { at: Instant; ending: Ending | null } | null
  /** `by` is null when nobody waited for it that we saw. */
  reaped: { at: Instant; by: number | null } | null
}

/** How long the threads of a process had served, and waited for clients, at a moment. */
export type ServedBy = { at: Instant; serving: Duration; waiting: Duration }

export type Thread = ThreadSample & { cpuShare: number }

export type Departed = { processes: number; counts: Counts }

export type SignalCount = {
  name: string
  from: number | 'you' | 'kernel' | 'unknown'
  to: number
  count: number
  handlerRuns: number
}

export type Load = {
  phase: 'idle' | 'running' | 'ended'
  /** Of our own clients; null when there are none, as beside a generator. */
  plan: LoadPlan | null
  /** The user's own, which makes the load in the place of our clients. */
  generator: Generator | null
  /** What our own clients did; nothing is known so of a generator. */
  figures: LoadFigures
  startedAt: Instant
  endedAt: Instant
  stopped: boolean
  error: string | null
  /** Successes and answers at the last few reports, for the momentary rates. */
  recent: readonly { at: Instant; succeeded: number; requests: number }[]
  /** What the server was found to speak; null where nobody had to find out, or has not yet. */
  found: FoundProtocol | null
  /** Sums of the loads before this one, on the same server. */
  before: { established: number; refused: number }
  /** Whether its end was marked in the processes. */
  isMarked: boolean
}

export type Generator = GeneratorPlan & {
  /** How its first process ended; null while it lives, or when it was never started. */
  ending: Ending | null
  /** The last lines that it printed. */
  output: readonly string[]
}

export type Herd = { children: number; connections: number; rows: readonly HerdRow[]; isRunning: boolean }

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

/** What was counted so far at one moment of the last minute, for charts over time. */
export type Moment = {
  at: Instant
  accepts: number
  /** Connections that our load, and those before it, established. */
  established: number
  /** Connections that waited in the queues of all listeners. */
  queued: number
}

export const noCounts: Counts = {
  accepts: 0,
  received: 0,
  passed: 0,
  wakeups: 0,
  eagain: 0,
  requests: 0,
  bytesIn: 0,
  bytesOut: 0,
  serving: 0,
  waiting: 0,
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
