import { nativePath } from '../../servers/posix/native.ts'
import { monotonic } from '../clock.ts'
import type { Event, Millis } from '../state/event.ts'
import type { ProbeFile } from './probe-file.ts'
import { CounterReader } from './read-counters.ts'
import { EventReader } from './read-events.ts'
import { readSockets } from './read-sockets.ts'
import { ProcessSampler } from './sample-processes.ts'
import { socketHolders } from './socket-holders.ts'
import { ListenerWatcher } from './watch-listeners.ts'
import { type ConnectionEnds, ManualConnectionWatcher } from './watch-manual-connections.ts'

const PROC_INTERVAL: Millis = 250
/** How long one look through /proc may take, so that a tree of thousands costs a few percent of a core. */
const PROC_BUDGET: Millis = 10
const SEARCH_INTERVAL: Millis = 1000

/** Watches one server, its probe and its processes in /proc, and emits what it sees as events. */
export class Observer {
  readonly #emit: (events: Event[]) => void
  readonly #events: EventReader
  readonly #counters: CounterReader
  readonly #sampler: ProcessSampler
  readonly #listeners = new ListenerWatcher()
  readonly #manualConnections = new ManualConnectionWatcher()
  readonly #pids = new Set<number>()
  #holders: ReadonlyMap<string, ReadonlySet<number>> = new Map()
  #timer: NodeJS.Timeout | null = null
  #searchedAt = -Infinity
  #ports: ReadonlySet<number> = new Set()
  /** The connections that are made by hand now. */
  manualConnections: () => readonly ConnectionEnds[] = () => []

  /** `launcher` is the pid below which the server runs. */
  constructor(probe: ProbeFile, launcher: number, emit: (events: Event[]) => void) {
    this.#emit = emit
    this.#events = new EventReader(probe.fd)
    this.#counters = new CounterReader(probe.fd)
    this.#sampler = new ProcessSampler(launcher, nativePath('probe.so'))
  }

  /** Whether the threads of processes are looked at, too. */
  set withThreads(wanted: boolean) {
    this.#sampler.withThreads = wanted
  }

  /** Begins to look through /proc at intervals; the probe is read when readProbe() is called. */
  start(): void {
    // From here on count the overflows of this run.
    this.#emitSockets(monotonic())
    this.#timer = setInterval(() => this.#sample(), PROC_INTERVAL)
  }

  /** Stops watching, after one last look at the probe. */
  stop(): void {
    if (this.#timer) clearInterval(this.#timer)
    this.readProbe()
  }

  /** Emits what the probe noted and counted up to now, and the listeners' queues. */
  readProbe(): void {
    const told = this.#events.read()
    for (const event of told) this.#follow(event)
    const at = monotonic()
    const counters = this.#counters.read()
    const { events, dropped } = this.#events
    this.#emit([
      ...told,
      { type: 'probe-read', at, events, dropped },
      ...(counters.length > 0 ? [{ type: 'counted', at, counters } as const] : []),
      { type: 'listening', at, listeners: this.#readListeners(at) },
    ])
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

  #readListeners(at: Millis) {
    if (this.#ports.size === 0 || at - this.#searchedAt > SEARCH_INTERVAL) this.#search(at)
    const listeners = this.#listeners.read(this.#holders)
    this.#ports = new Set(listeners.map(({ port }) => port))
    return listeners
  }

  #search(at: Millis): void {
    this.#searchedAt = at
    this.#holders = socketHolders(this.#pids)
    if (this.#ports.size > 0) this.#emitSockets(at)
  }

  #emitSockets(at: Millis): void {
    this.#emit([{ type: 'sockets', at, ...readSockets(this.#ports, this.#holders) }])
  }

  #sample(): void {
    // First what the probe tells, so that a process is known by its own word before /proc shows it.
    this.readProbe()
    const { processes, gone } = this.#sampler.sample(PROC_BUDGET)
    for (const { pid } of processes) this.#pids.add(pid)
    for (const pid of gone) this.#pids.delete(pid)
    this.#emit([{ type: 'sampled', at: monotonic(), processes, gone }])
    const connections = this.manualConnections()
    if (connections.length > 0)
      this.#emit([
        {
          type: 'manual-sampled',
          at: monotonic(),
          seen: this.#manualConnections.look(connections, this.#pids),
        },
      ])
  }
}
