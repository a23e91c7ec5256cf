/**
 * Everything that can happen, as plain data. Probe, /proc, supervision and load are turned into these; the
 * reducer, and through it the screen and the reports, see nothing else.
 */

/** A moment, in milliseconds of CLOCK_MONOTONIC with fractions: one clock for the probe, /proc and the load. */
export type Instant = number

/** A span of time, in milliseconds. */
export type Duration = number

/** How a process ended: its exit code, or the signal that ended it, named as in `SIGKILL`. */
export type Ending = { code: number } | { signal: string; core?: boolean }

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

/** The server as a whole, told by its launcher. */
export type ServerEvent =
  | {
      type: 'server-starting'
      at: Instant
      name: string
      command: string[]
      host: string
      port: number | null
      /** It ran already when we came. */
      attached?: true
      /** It is a model or lab of ours, whose addon tells the probe of the handlers that run. */
      isOwn?: true
    }
  | { type: 'server-started'; at: Instant; pid: number; launcher: number }
  | { type: 'server-failed'; at: Instant; reason: string }
  /** It was sent the signal; what is left at `until` is killed. */
  | { type: 'server-stopping'; at: Instant; signal: string; until: Instant }
  /** We look at it no longer; it goes on. */
  | { type: 'server-left'; at: Instant }
  | { type: 'server-ended'; at: Instant; pid: number; ending: Ending }
  /** Its first process ended well and others go on: `pid` is the first one now, and the launcher its parent. */
  | { type: 'server-daemonized'; at: Instant; pid: number }
  /** No process that the server started is alive any more; `killed` of them had to be ended by SIGKILL. */
  | { type: 'server-gone'; at: Instant; killed: number }
  | { type: 'output'; at: Instant; stream: 'stdout' | 'stderr'; line: string }
  /** Output that came faster than anybody reads, counted instead of kept. */
  | { type: 'output-skipped'; at: Instant; bytes: number }

/** One process of the server's tree. */
export type ProcessEvent =
  /**
   * `autoReap` tells whether the parent ignores SIGCHLD, so that the kernel reaps the child at once; `index` which
   * of the parent's forks it was, from 0.
   */
  | { type: 'forked'; at: Instant; pid: number; parent: number; autoReap: boolean; index: number }
  | { type: 'fork-failed'; at: Instant; pid: number; errno: string }
  /** The probe was loaded into a program: a new process, or an old one after exec. */
  | { type: 'probed'; at: Instant; pid: number; parent: number }
  | { type: 'exited'; at: Instant; pid: number; code: number }
  | { type: 'reaped'; at: Instant; pid: number; by: number; ending: Ending }
  /** The process set SO_LINGER to {1, 0}: closing that descriptor will send RST. */
  | { type: 'reset-armed'; at: Instant; pid: number; fd: number }
  /** It was told of as one of the server's, and is not: /proc shows it elsewhere. */
  | { type: 'disowned'; at: Instant; pid: number }

export type SignalEvent =
  /** `from` is a pid of the tree, or 'you' when this program sent it. `errno` is set when kill(2) failed. */
  | { type: 'signal-sent'; at: Instant; from: number | 'you'; to: number; signal: string; errno?: string }
  | { type: 'signal-handled'; at: Instant; pid: number; signal: string }

/** What the kernel's tracepoints tell, of processes that the probe is in and of others. */
export type PerfStateEvent =
  /** It was forked, or ran already when its watching began. */
  | { type: 'perf-found'; at: Instant; pid: number; parent: number }
  /** It runs another program from now on. */
  | { type: 'perf-executed'; at: Instant; pid: number }
  | { type: 'perf-ended'; at: Instant; pid: number; ending: Ending | null }
  | { type: 'perf-reaped'; at: Instant; pid: number; by: number; ending: Ending | null }
  /** What threads accepted since this was told before; accepts that found nothing are not always seen. */
  | { type: 'perf-counted'; at: Instant; changes: { pid: number; accepts: number; eagain: number | null }[] }
  | { type: 'perf-signal'; at: Instant; from: number; to: number; signal: string; count: number }
  /** A handler began to run, so often. */
  | { type: 'perf-handled'; at: Instant; pid: number; signal: string; count: number }

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

/**
 * What the probe counted in one thread since the reading before. `born` tells apart two uses of one pid; pid and tid
 * are 0 for the sum of all threads for which the probe had no place left.
 */
export type ThreadCounts = {
  pid: number
  tid: number
  born: Instant
  /** Connections accepted. */
  accepts: number
  /** Descriptors received over a Unix socket. */
  received: number
  /** Descriptors passed over a Unix socket. */
  passed: number
  /** Returns from waiting for a connection: from accept, or from select, poll or epoll_wait with accept next. */
  wakeups: number
  /** Accepts that found the queue empty. */
  eagain: number
  /** Turns on connections from reading to writing: answers begun. Several requests sent at once are one. */
  requests: number
  /** Bytes read from connections that the server accepted, and written to them. */
  bytesIn: number
  bytesOut: number
  /** Time that it served and waited for clients, up to its present activity. */
  serving: Duration
  waiting: Duration
  /** Connections that it opened less those that it closed, of its process's. */
  open: number
  /** What it does now; null when it never had a connection, or has ended. */
  activity: Activity | null
  /** When its process began to run its program: tells apart what was counted before an exec and after. */
  image: Instant
}

/**
 * What a thread does about connections, and since when. It serves while it is its turn on any, waits while a client's
 * has begun, and else is idle.
 */
export type Activity = { doing: 'serving' | 'waiting' | 'idle'; since: Instant }

/** What /proc says of one process. */
export type ProcessSample = {
  pid: number
  parent: number
  /** When the process started, to 10 ms. */
  born: Instant
  /** The same in clock ticks since boot, exactly as the kernel tells it: tells apart two uses of one pid. */
  startTicks: number
  /** The name the process gives itself, control characters stripped. */
  name: string
  state: string
  /** CPU time used, user and system, in milliseconds. */
  cpu: Duration
  /** Resident memory in bytes. */
  memory: number
  threads: number
  /** The system call it waits in, `running`, or null where the kernel does not tell. */
  waitsIn: string | null
  /** How it ended, of a zombie. */
  ending?: Ending
  /** Signals that it catches and ignores, by name; absent when not sampled. */
  catches?: string[]
  ignores?: string[]
  /** How often its threads gave up their processor to wait: voluntary context switches. */
  switches?: number
  /** How long its threads could have run and were not let, all together. */
  runDelay?: Duration
  /** What it calls itself in the place of its command line, as `nginx: worker process`, control characters stripped. */
  title?: string
  /** Its threads but the first, when they were looked at. */
  threadList?: ThreadSample[]
  /** Whether the probe is in it. A process without it is blind: nothing is counted there. */
  probed: boolean
}

/** What /proc says of one thread. */
export type ThreadSample = { tid: number; name: string; state: string; waitsIn: string | null; cpu: Duration }

export type Listener = {
  /** The socket's inode: processes that share the socket share it. */
  inode: string
  address: string
  port: number
  /** Connections that wait to be accepted, and how many may. */
  queued: number
  backlog: number
  /** Processes that hold the socket. */
  pids: number[]
}

/** The server's connections, and what the kernel counted in this network namespace since it started. */
export type Sockets = {
  /** How many of the server's connections are in each state; without those in time-wait. */
  states: Partial<Record<TcpState, number>>
  /** Some of them: not more than fit a screen. */
  connections: Connection[]
  /** Connections in time-wait, of all programs of this machine. */
  timeWait: number
  /** How often a connection found an accept queue full, and how often one was dropped, for that reason or another. */
  overflows: number
  drops: number
}

export type TcpState =
  | 'established'
  | 'syn-sent'
  | 'syn-received'
  | 'fin-wait-1'
  | 'fin-wait-2'
  | 'time-wait'
  | 'close'
  | 'close-wait'
  | 'last-ack'
  | 'listen'
  | 'closing'

export type Endpoint = { address: string; port: number }

/** The server's end of a connection. */
export type Connection = {
  peer: Endpoint
  state: TcpState
  /** Bytes that the server has not read yet, and bytes that its client has not confirmed yet. */
  receiveQueue: number
  sendQueue: number
  /** Whether any process has it: not before it is accepted, nor after it is closed. */
  isHeld: boolean
  /** Processes that hold it, as far as they were looked for. */
  pids: number[]
}

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

/** What the lab `herd` finds, which compares several servers, one after the other. */
export type HerdEvent =
  | { type: 'herd-started'; at: Instant; children: number; connections: number }
  | { type: 'herd-measured'; at: Instant; row: HerdRow }
  | { type: 'herd-ended'; at: Instant; interrupted: boolean }

/** What the processes of one server did while they accepted so many connections. */
export type HerdRow = {
  /** What they waited in, as the table calls it. */
  waitsIn: string
  accepts: number
  /** How often they gave up their processor to wait. */
  switches: number
  wakeups: number
  eagain: number
}

/** How a client talks to the server: `any` takes whatever answer comes. */
export type ProtocolName = 'bytes' | 'echo' | 'any' | 'http'

export type LoadPlan = {
  host: string
  port: number
  /** Path of a Unix socket to connect to, instead of host and port; null for TCP. */
  unix: string | null
  clients: number
  /** Connections that each client makes; without meaning where there is a duration. */
  connections: number
  /** So long requests are begun, instead of a number of connections; null for none. */
  duration: Duration | null
  /** Requests on each connection. */
  requests: number
  bytes: number
  /** `auto`: HTTP when the server answers HTTP, else any answer counts. */
  service: ProtocolName | 'auto'
  /** What an HTTP request says. */
  http: HttpRequest
  /** Requests due a second, the first of its connection included, whatever the server does; 0: as many as can be. */
  rate: number
  /** How long a client waits between two of its requests. */
  think: Duration
}

/** `headers` are whole lines, as `Accept: text/html`. */
export type HttpRequest = { path: string; method: string; headers: readonly string[]; body: string }

/** What the server was found to speak: `version` is that of HTTP, as `HTTP/1.1`. */
export type FoundProtocol = { service: 'http'; version: string } | { service: 'any'; version: null }

export type LoadEvent =
  | { type: 'load-started'; at: Instant; plan: LoadPlan }
  /** From now on the running load goes by another plan. */
  | { type: 'load-changed'; at: Instant; plan: LoadPlan }
  /** The first answer to a load with the service `auto` showed by which protocol it goes on. */
  | { type: 'protocol-found'; at: Instant; found: FoundProtocol }
  | { type: 'load-progress'; at: Instant; figures: LoadFigures }
  /** `stopped` when it was ended before every connection was made; `error` when the load engine itself failed. */
  | { type: 'load-ended'; at: Instant; figures: LoadFigures; stopped: boolean; error?: string }

/** A load generator of the user's, in the place of our clients: its words, with the address filled in. */
export type GeneratorPlan = { command: readonly string[]; host: string; port: number }

/** What it does is known from the server's side alone, and from what it prints. */
export type GeneratorEvent =
  | { type: 'generator-started'; at: Instant; plan: GeneratorPlan }
  /** One of the last lines that it printed so far; lines that came much faster than anybody reads are left out. */
  | { type: 'generator-output'; at: Instant; line: string }
  /**
   * Nothing of it is alive any more. `ending` is how its first process ended; `stopped` when it was told to; `error`,
   * a sentence, when it could not be started or ended.
   */
  | { type: 'generator-ended'; at: Instant; ending: Ending | null; stopped: boolean; error?: string }

/** Sums since the load started. */
export type LoadFigures = {
  /** Attempts to connect. A connection of the plan needs several where the server closes before its last request. */
  attempts: number
  /** Attempts that were established. */
  connects: number
  /** Connections of the plan whose requests were all answered. */
  succeeded: number
  /**
   * Connections of the plan that ended with a request without its answer, by errno, or by one of `failureNames` when
   * the answer was not as the protocol wants it.
   */
  failed: Record<string, number>
  /** Attempts that were not established: the server never saw these. */
  refused: number
  /** Requests that were answered. */
  requests: number
  /** Answers by HTTP's status code, without those to requests that failed. */
  statuses: Record<string, number>
  /** Requests sent again, once, since a connection that had been used was closed before any byte of the answer. */
  retried: number
  /** Connections that the server left open after its answer, until the client closed them 200 ms later. */
  unclosed: number
  bytes: number
  /** Time from the first connect to the latest answer or close, so far. */
  elapsed: Duration
  /** Response times of requests: with a rate from when one was due, else from when it began. */
  latency: Latency
  /** Service times, from when a request began; null without a rate, when they are the response times. */
  service: Latency | null
  /** The parts of a latency: connecting, waiting to be accepted, being served; null where they are not seen. */
  connect: Latency | null
  queued: Latency | null
  served: Latency | null
  /** How many connections there will have been in the end, as things stand; 0 before anybody has told. */
  planned: number
  /** How the latencies are distributed, from the bucket of the shortest to that of the longest, without gaps. */
  distribution: LatencyBucket[]
}

/** Times to the last byte of the answer, in milliseconds. */
export type Latency = { p50: Duration; p90: Duration; p99: Duration; p999: Duration; max: Duration }

/** Requests that took at least `from` and less than `to` milliseconds. */
export type LatencyBucket = { from: Duration; to: Duration; count: number }
