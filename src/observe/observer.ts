import { monotonic } from '../clock.ts'
import type { Attention } from '../session/session.ts'
import type { Duration, Event, Instant, Listener, SourceName } from '../state/event.ts'
import { checkEvents, checkForks } from './check-events.ts'
import { Corrupt } from './corrupt.ts'
import type { ProbeFile } from './probe-file.ts'
import { CounterReader } from './read-counters.ts'
import { EventReader } from './read-events.ts'
import { readSockets } from './read-sockets.ts'
import { ProcessSampler } from './sample-processes.ts'
import { mappingOf } from './shared-mapping.ts'
import { socketHolders } from './socket-holders.ts'
import { ListenerWatcher } from './watch-listeners.ts'
import { type ConnectionEnds, ManualConnectionWatcher } from './watch-manual-connections.ts'

/** How long one look through /proc may take, so that a tree of thousands costs a few percent of a core. */
const PROC_BUDGET: Duration = 10
/** How long the last look may take, which is to see every process. */
const LAST_BUDGET: Duration = 500
const SEARCH_INTERVAL: Duration = 1000

/** Watches one server, its probe and its processes in /proc. */
export class Observer {
  readonly #launcher: number
  readonly #since = monotonic()
  readonly #attention: Readonly<Attention>
  /** The connections that are made by hand now. */
  readonly #manualConnections: () => readonly ConnectionEnds[]
  readonly #events: EventReader
  readonly #counters: CounterReader
  readonly #sampler: ProcessSampler
  readonly #listeners = new ListenerWatcher()
  readonly #manualWatcher = new ManualConnectionWatcher()
  readonly #pids = new Set<number>()
  #holders: ReadonlyMap<string, ReadonlySet<number>> = new Map()
  /** Why each source cannot be read, as it was told last; null when it can. */
  readonly #failures = new Map<SourceName, string | null>()
  /** Set once the shared file cannot be believed any more. */
  #corrupt: Corrupt | null = null
  #sampledAt = -Infinity
  #searchedAt = -Infinity
  #ports: ReadonlySet<number> = new Set()

  /** `launcher` is the pid below which the server runs, which begins about now. */
  constructor(
    probe: ProbeFile,
    launcher: number,
    attention: Readonly<Attention>,
    manualConnections: () => readonly ConnectionEnds[],
  ) {
    this.#launcher = launcher
    this.#attention = attention
    this.#manualConnections = manualConnections
    this.#events = new EventReader(probe.fd)
    this.#counters = new CounterReader(probe.fd)
    this.#sampler = new ProcessSampler(launcher, mappingOf(probe.fd))
  }

  /**
   * What was noted and counted up to now, and what of /proc and the sockets is due to be looked at again; at the last
   * look before the server is stopped all of it is.
   */
  read({ isLast = false } = {}): Event[] {
    return [
      ...this.#from('probe', () => this.#readProbe()),
      // After what the probe tells, so that a process is known by its own word before /proc shows it.
      ...this.#from('proc', () => this.#sample(monotonic(), isLast)),
      ...this.#from('sockets', () => this.#look(monotonic())),
    ]
  }

  /** What a source has to tell; when it cannot be read, that and why, once. */
  #from(source: SourceName, read: () => Event[]): Event[] {
    try {
      const events = read()
      return [...this.#note(source, null), ...events]
    } catch (error) {
      if (error instanceof Corrupt) this.#corrupt = error
      return this.#note(source, (error as Error).message)
    }
  }

  #note(source: SourceName, failure: string | null): Event[] {
    if (this.#failures.get(source) === failure) return []
    this.#failures.set(source, failure)
    return [{ type: 'source', at: monotonic(), source, failure }]
  }

  #readProbe(): Event[] {
    if (this.#corrupt) throw this.#corrupt
    const noted = this.#events.read()
    const at = monotonic()
    checkEvents(noted, { launcher: this.#launcher, since: this.#since, now: at })
    for (const event of noted) this.#follow(event)
    checkForks(noted)
    const changes = this.#counters.read()
    const { events, dropped } = this.#events
    return [
      ...noted,
      { type: 'probe-read', at, events, dropped },
      ...(changes.length > 0 ? [{ type: 'counted', at, changes } as const] : []),
    ]
  }

  #follow(event: Event): void {
    if (event.type === 'forked' || event.type === 'probed' || event.type === 'exited') {
      this.#sampler.follow(event.pid)
      this.#pids.add(event.pid)
    }
    if (event.type === 'reaped') {
      this.#sampler.forget(event.pid)
      this.#pids.delete(event.pid)
    }
  }

  #sample(at: Instant, isLast: boolean): Event[] {
    if (!isLast && at - this.#sampledAt < this.#attention.processes) return []
    this.#sampledAt = at
    this.#sampler.withThreads = this.#attention.threads
    const { processes, gone, strangers } = this.#sampler.sample(isLast ? LAST_BUDGET : PROC_BUDGET, {
      withStatus: isLast,
    })
    for (const { pid } of processes) this.#pids.add(pid)
    for (const pid of [...gone, ...strangers]) this.#pids.delete(pid)
    const [stranger] = strangers
    if (stranger !== undefined) this.#corrupt ??= new Corrupt(`an event of process ${stranger}`)
    const connections = this.#manualConnections()
    return [
      ...strangers.map((pid): Event => ({ type: 'disowned', at: monotonic(), pid })),
      { type: 'sampled', at: monotonic(), processes, gone },
      ...(connections.length > 0
        ? [
            {
              type: 'manual-sampled',
              at: monotonic(),
              seen: this.#manualWatcher.look(connections, this.#pids),
            } as const,
          ]
        : []),
    ]
  }

  /** The listeners with their queues, and now and then who holds them and the connections behind them. */
  #look(at: Instant): Event[] {
    const isFirst = this.#searchedAt === -Infinity
    const isDue = this.#ports.size === 0 || at - this.#searchedAt > SEARCH_INTERVAL
    if (isDue) {
      this.#searchedAt = at
      this.#holders = socketHolders(this.#pids)
    }
    const listeners: Listener[] = this.#listeners.read(this.#holders)
    const hadPorts = this.#ports.size > 0
    this.#ports = new Set(listeners.map(({ port }) => port))
    // From the first look on count the overflows of this run.
    const isLooked = isFirst || (isDue && hadPorts && this.#attention.sockets)
    return [
      { type: 'listening', at, listeners },
      ...(isLooked
        ? [{ type: 'sockets', at: monotonic(), ...readSockets(this.#ports, this.#holders) } as const]
        : []),
    ]
  }
}
