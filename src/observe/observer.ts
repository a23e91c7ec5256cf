import { monotonic } from '../clock.ts'
import type { Attention } from '../session/session.ts'
import type { Duration, Event, Instant, Listener, SourceName } from '../state/event.ts'
import { checkEvents, checkForks } from './check-events.ts'
import { Corrupt } from './corrupt.ts'
import { innerPids } from './inner-pids.ts'
import { Ledger } from './ledger.ts'
import type { ProbeFile } from './probe-file.ts'
import { CounterReader } from './read-counters.ts'
import { EventReader } from './read-events.ts'
import { readSockets } from './read-sockets.ts'
import { ProcessSampler } from './sample-processes.ts'
import { mappingOf } from './shared-mapping.ts'
import { SocketHolders } from './socket-holders.ts'
import { PidTranslator } from './translate-pids.ts'
import { ListenerWatcher } from './watch-listeners.ts'
import { type ConnectionEnds, ManualConnectionWatcher } from './watch-manual-connections.ts'

/** How long one look through /proc may take, so that a tree of thousands costs a few percent of a core. */
const PROC_BUDGET: Duration = 10
/** How long the last look may take, which is to see every process. */
const LAST_BUDGET: Duration = 500
const SEARCH_INTERVAL: Duration = 1000

const NOT_PRELOADED = 'The server ran before we came, so the probe is not in it.'
const NO_MAPPING = ' nothing '

export type Observed = {
  /** The file that the probe in the server writes; null when there is no probe in it. */
  probe: ProbeFile | null
  /** The pid below which the server's processes are, and whether it is itself one of them. */
  root: number
  includesRoot: boolean
  attention: Readonly<Attention>
  /** The connections that are made by hand now. */
  manualConnections: () => readonly ConnectionEnds[]
}

/** Watches one server, its probe and its processes in /proc, from now on. */
export class Observer {
  /** The path of the probe's file; null when there is no probe in the server. */
  readonly ledger: string | null
  readonly #root: number
  readonly #since = monotonic()
  readonly #attention: Readonly<Attention>
  readonly #manualConnections: Observed['manualConnections']
  readonly #probe: { events: EventReader; counters: CounterReader } | null
  readonly #translator: PidTranslator
  readonly #sampler: ProcessSampler
  readonly #listeners = new ListenerWatcher()
  readonly #manualWatcher: ManualConnectionWatcher
  readonly #pids = new Set<number>()
  readonly #sockets = new SocketHolders()
  #holders: ReadonlyMap<string, ReadonlySet<number>> = new Map()
  /** Whether connections were looked at up to now. */
  #hadSockets = false
  /** Why each source cannot be read, as it was told last; null when it can. */
  readonly #failures = new Map<SourceName, string | null>()
  /** Set once the shared file cannot be believed any more. */
  #corrupt: Corrupt | null = null
  #sampledAt = -Infinity
  #searchedAt = -Infinity
  #ports: ReadonlySet<number> = new Set()

  constructor({ probe, root, includesRoot, attention, manualConnections }: Observed) {
    this.ledger = probe?.env.CSDESIGN_PROBE ?? null
    this.#root = root
    this.#attention = attention
    this.#manualConnections = manualConnections
    this.#probe = probe && { events: new EventReader(probe.fd), counters: new CounterReader(probe.fd) }
    this.#translator = new PidTranslator(() => innerPids(root))
    this.#manualWatcher = new ManualConnectionWatcher(probe && Ledger.read(probe.fd))
    this.#sampler = new ProcessSampler(root, probe ? mappingOf(probe.fd) : NO_MAPPING, { includesRoot })
  }

  /** What was noted and counted up to now. */
  readCounts(): Event[] {
    return this.#probe ? this.#from('probe', () => this.#readProbe()) : this.#note('probe', NOT_PRELOADED)
  }

  /**
   * What of /proc and the sockets is due to be looked at again; at the last look before the server is stopped all of
   * it is. To be called after the counts were read: a process is known by its own word before /proc shows it.
   */
  look({ isLast = false } = {}): Event[] {
    return [
      ...this.#from('proc', () => this.#sample(monotonic(), isLast)),
      ...this.#from('sockets', () => this.#lookAtSockets(monotonic())),
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
    const { events: ring, counters } = this.#probe!
    const noted = this.#translator.events(ring.read(), ring.takeNames())
    const at = monotonic()
    checkEvents(noted, { launcher: this.#root, since: this.#since, now: at })
    for (const event of noted) this.#follow(event)
    checkForks(noted)
    const changes = this.#translator.counts(counters.read())
    const { events, dropped } = ring
    return [
      ...noted,
      { type: 'probe-read', at, events, dropped, unfollowed: counters.unfollowed },
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
  #lookAtSockets(at: Instant): Event[] {
    const isFirst = this.#searchedAt === -Infinity
    const { sockets } = this.#attention
    const isWantedNow = sockets && !this.#hadSockets
    this.#hadSockets = sockets
    const isDue = this.#ports.size === 0 || isWantedNow || at - this.#searchedAt > SEARCH_INTERVAL
    if (isDue) {
      this.#searchedAt = at
      this.#holders = this.#sockets.look(this.#pids, PROC_BUDGET)
    }
    const listeners: Listener[] = this.#listeners.read(this.#holders)
    const hadPorts = this.#ports.size > 0
    this.#ports = new Set(listeners.map(({ port }) => port))
    // From the first look on count the overflows of this run.
    const isLooked = isFirst || (isDue && hadPorts && sockets)
    return [
      { type: 'listening', at, listeners },
      ...(isLooked
        ? [{ type: 'sockets', at: monotonic(), ...readSockets(this.#ports, this.#holders) } as const]
        : []),
    ]
  }
}
