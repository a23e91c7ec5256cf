import { monotonic } from '../clock.ts'
import { ManualConnections } from '../load/manual-connections.ts'
import type { RunningLoad } from '../load/start-load.ts'
import type { FoundServer } from '../observe/find-server.ts'
import { type Observed, Observer } from '../observe/observer.ts'
import { createProbeFile } from '../observe/probe-file.ts'
import { mappingOf } from '../observe/shared-mapping.ts'
import { knownProcesses } from '../select/known-processes.ts'
import type { Duration, Event, GeneratorPlan, LoadPlan } from '../state/event.ts'
import type { State } from '../state/state.ts'
import { handedPath } from '../supervise/handed-files.ts'
import type { Haste, RunningServer } from '../supervise/launch-server.ts'
import { sendSignal } from '../supervise/send-signal.ts'
import { PerfWatch } from './perf-watch.ts'
import type { Attention, EventStream, Session, SessionCommands } from './session.ts'
import { loadStarters, type Starters } from './starters.ts'
import { Store } from './store.ts'
import type { Target } from './target.ts'

const BEAT: Duration = 100
/** Who adopts the orphans of a server that we did not start. */
const INIT = 1

/** A session over servers that we start, or that run already: one at a time, observed and put under load. */
export class LiveSession implements Session {
  readonly events: EventStream = { subscribe: (listener) => this.#store.onEvents(listener) }
  readonly commands: SessionCommands
  readonly #store = new Store()
  readonly #connections = new ManualConnections((event) => this.#addSoon(event))
  readonly #attention: Attention = { processes: 250, threads: false, sockets: true }
  #starters: Starters | null = null
  /** Its events wait for the beat. */
  readonly #perf: PerfWatch | null
  #server: RunningServer | null = null
  #observer: Observer | null = null
  #load: RunningLoad | null = null
  #starting: Promise<void> | null = null
  #beat: NodeJS.Timeout | null = null
  #soon: NodeJS.Immediate | null = null
  /** Whether something waits that must not be reduced before what the probe noted until now. */
  #mustRead = false

  /** `perf: false` does without that source, as for a user who may not read it. */
  constructor({ perf = true } = {}) {
    this.#perf = perf ? new PerfWatch((events) => this.#store.add(events)) : null
    this.#store.add([{ type: 'clock', at: monotonic(), wall: Date.now() }])
    this.#store.flush()
    const connections = this.#connections
    this.commands = {
      start: (target) => this.#start(target),
      stop: (haste) => this.#stop(haste),
      startLoad: (plan, delay) => this.#startLoad(plan, delay),
      startGenerator: (plan) => this.#startGenerator(plan),
      changeLoad: (plan) => this.#load?.change(plan),
      stopLoad: () => this.#stopLoad(),
      signal: (pid, signal) => this.#signal(pid, signal),
      connections: {
        open: (host, port) => connections.open(host, port),
        send: (id, text) => connections.send(id, text),
        read: (id, slowly) => connections.read(id, slowly),
        close: (id) => connections.close(id),
        abort: (id) => connections.abort(id),
      },
      record: (event) => this.#addSoon(event),
      watch: (attention) => void Object.assign(this.#attention, attention),
    }
  }

  get state(): State {
    return this.#store.state
  }

  subscribe(listener: (state: State) => void): () => void {
    return this.#store.onState(listener)
  }

  async #start(target: Target): Promise<void> {
    await this.#stop()
    this.#starting = target.attach ? this.#attach(target, target.attach) : this.#launch(target)
    await this.#starting
  }

  async #launch(target: Target): Promise<void> {
    this.#starters ??= await loadStarters()
    const probe = createProbeFile()
    const files = target.contain ? [...target.files, probe.fd] : []
    const server = await this.#starters.launchServer({
      command: target.command[0]!,
      args: target.command.slice(1),
      env: target.contain ? { ...probe.env, CSDESIGN_PROBE: handedPath(files.length - 1) } : probe.env,
      files,
      cwd: process.cwd(),
      name: target.name,
      host: target.host,
      port: target.port,
      stopSignal: target.stopSignal,
      graceMs: target.graceMs,
      contain: target.contain,
      mapping: mappingOf(probe.fd),
      known: () => knownProcesses(this.state),
      isOwn: target.model !== null || target.lab !== null,
      beforeStart: async (launcher) => this.#perf?.begin(launcher, { includesRoot: false }),
      emit: (event) => this.#addFromLauncher(event),
    })
    this.#server = server
    if (server.launcher === null) return probe.close()
    const observer = this.#observe({ probe, root: server.launcher, includesRoot: false })
    void server.gone.then(() => {
      this.#flush({ read: true })
      if (this.#observer === observer) this.#observer = null
      probe.close()
    })
  }

  /** Looks at a server that runs already, and changes nothing of it. */
  async #attach(target: Target, { root }: FoundServer): Promise<void> {
    this.#starters ??= await loadStarters()
    const { name, command, host, port } = target
    const at = monotonic()
    this.#store.add([
      { type: 'server-starting', at, name, command, host, port, attached: true },
      { type: 'server-started', at, pid: root, launcher: INIT },
    ])
    this.#observe({ probe: null, root, includesRoot: true })
    await this.#perf?.begin(root, { includesRoot: true })
  }

  #observe(what: Pick<Observed, 'probe' | 'root' | 'includesRoot'>): Observer {
    const observer = new Observer({
      ...what,
      attention: this.#attention,
      manualConnections: () => this.#connections.ends(),
    })
    this.#observer = observer
    this.#beat ??= setInterval(() => this.#flush({ read: true }), BEAT).unref()
    this.#flush({ read: true })
    return observer
  }

  /** An attached server is gone when nothing of it is left; nobody tells us so. */
  #noticeEnd(): void {
    const { server, processes } = this.state
    if (!server.attached || server.phase !== 'running') return
    for (const { exited } of processes.values()) if (!exited) return
    this.#observer = null
    this.#store.add([{ type: 'server-gone', at: monotonic(), killed: 0 }])
    this.#store.flush()
  }

  /** A generator has nothing to do without the server; many would go on all the same. */
  #endGenerator(): void {
    const { server, load } = this.state
    if (server.phase === 'gone' && load.generator && load.phase === 'running') void this.#stopLoad()
  }

  async #stop(haste?: Haste): Promise<void> {
    // What is still starting must be there before it can be stopped; why it failed is told elsewhere.
    await this.#starting?.catch(() => {})
    await this.#stopLoad()
    this.#connections.closeAll()
    if (this.state.server.phase === 'running') this.#flush({ read: true, isLast: true })
    await this.#server?.stop(haste)
    this.#server = null
    await this.#perf?.settle()
    await this.#perf?.end()
    this.#leave()
    this.#flush({ read: true })
  }

  /** An attached server goes on without us. */
  #leave(): void {
    if (!this.state.server.attached || this.state.server.phase !== 'running') return
    this.#observer = null
    this.#store.add([{ type: 'server-left', at: monotonic() }])
  }

  async #startLoad(plan: LoadPlan, delay: Duration): Promise<void> {
    this.#starters ??= await loadStarters()
    const ledger = this.#observer?.ledger ?? null
    await this.#follow(this.#starters.startLoad(plan, delay, (event) => this.#addSoon(event), ledger))
  }

  async #startGenerator(plan: GeneratorPlan): Promise<void> {
    this.#starters ??= await loadStarters()
    await this.#follow(this.#starters.startGenerator(plan, process.cwd(), (event) => this.#addSoon(event)))
  }

  async #follow(load: RunningLoad): Promise<void> {
    this.#load = load
    this.#flush({ read: false })
    await load.done
    await this.#perf?.settle()
    this.#flush({ read: true })
  }

  async #stopLoad(): Promise<void> {
    await this.#load?.stop()
    this.#load = null
  }

  #signal(pid: number, signal: NodeJS.Signals): void {
    const process = this.state.processes.get(pid)
    if (!process) return
    this.#store.add([{ type: 'signal-sent', at: monotonic(), from: 'you', to: pid, signal }])
    // Who was never looked at in /proc is known by its parent, or by the launcher that adopts orphans.
    const who =
      process.startTicks === null
        ? { parents: [process.parent, this.state.server.launcher ?? 0] }
        : { startTicks: process.startTicks }
    const errno = sendSignal(pid, signal, who)
    if (errno)
      this.#store.add([{ type: 'signal-sent', at: monotonic(), from: 'you', to: pid, signal, errno }])
    this.#flush({ read: false })
  }

  /** Output waits for the beat; that something has ended does not, nor what the probe noted before it. */
  #addFromLauncher(event: Event): void {
    this.#store.add([event])
    if (event.type === 'output' || event.type === 'output-skipped') return
    this.#mustRead ||= ['reaped', 'server-ended', 'server-daemonized', 'server-gone'].includes(event.type)
    this.#flushSoon()
  }

  #addSoon(event: Event): void {
    this.#store.add([event])
    if (event.type !== 'load-progress' && event.type !== 'generator-output') this.#flushSoon()
  }

  /** Several that come together are reduced together. */
  #flushSoon(): void {
    this.#soon ??= setImmediate(() => this.#flush({ read: false }))
  }

  /** What servers and clients counted is read in one go, so that the two sides of the balance agree. */
  #flush({ read, isLast = false }: { read: boolean; isLast?: boolean }): void {
    if (this.#soon) clearImmediate(this.#soon)
    this.#soon = null
    if (read || this.#mustRead) {
      this.#mustRead = false
      this.#store.add(this.#observer?.readCounts() ?? [])
      this.#load?.report()
      this.#store.add(this.#observer?.look({ isLast }) ?? [])
      // Time goes on when there is nothing to read, too: what has ended grows older.
      this.#store.add([{ type: 'tick', at: monotonic() }])
    }
    this.#store.flush()
    this.#noticeEnd()
    this.#endGenerator()
  }
}
