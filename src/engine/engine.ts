import { monotonic } from '../clock.ts'
import { ManualConnections } from '../load/manual-connections.ts'
import { type RunningLoad, startLoad } from '../load/start-load.ts'
import { Observer } from '../observe/observer.ts'
import { createProbeFile } from '../observe/probe-file.ts'
import type { Event, LoadPlan, Millis } from '../state/event.ts'
import { reduce } from '../state/reduce.ts'
import { initialState, type State } from '../state/state.ts'
import { launchServer, type RunningServer } from '../supervise/launch-server.ts'
import { sendSignal } from '../supervise/send-signal.ts'
import type { Target } from './target.ts'

const PULSE: Millis = 100

/**
 * Runs one server at a time, observes it and puts load on it; what happens becomes events, and events the state.
 * Screen and reports look at the state alone.
 */
export class Engine {
  #state = initialState
  readonly #listeners = new Set<(state: State) => void>()
  #server: RunningServer | null = null
  #observer: Observer | null = null
  #load: RunningLoad | null = null
  /** Connections that the user makes one by one. */
  readonly manualConnections = new ManualConnections((event) => this.#dispatch([event]))
  #pulse: NodeJS.Timeout | null = null
  #starting: Promise<void> | null = null
  #withThreads = false
  /** When the counts were read last. */
  #readAt: Millis = 0

  get state(): State {
    return this.#state
  }

  /** Calls the function after each change, until the returned function is called. */
  subscribe(listener: (state: State) => void): () => void {
    this.#listeners.add(listener)
    return () => this.#listeners.delete(listener)
  }

  /** Starts a server; one that runs is stopped completely first. Resolves when it runs or has failed to start. */
  async start(target: Target): Promise<void> {
    await this.stop()
    this.#starting = this.#launch(target)
    await this.#starting
  }

  async #launch(target: Target): Promise<void> {
    const probe = createProbeFile()
    const server = await launchServer({
      command: target.command[0]!,
      args: target.command.slice(1),
      env: probe.env,
      cwd: process.cwd(),
      name: target.name,
      host: target.host,
      port: target.port,
      emit: (event) => this.#dispatchFromLauncher(event),
    })
    this.#server = server
    if (server.launcher === null) return probe.close()
    const observer = new Observer(probe, server.launcher, (events) => this.#dispatch(events))
    this.#observer = observer
    observer.withThreads = this.#withThreads
    observer.manualConnections = () => this.manualConnections.ends()
    observer.start()
    this.#pulse ??= setInterval(() => this.#beat(), PULSE).unref()
    void server.gone.then(() => {
      observer.stop()
      if (this.#observer === observer) this.#observer = null
      probe.close()
    })
  }

  /** Whether the threads of processes are looked at, too. */
  set withThreads(wanted: boolean) {
    this.#withThreads = wanted
    if (this.#observer) this.#observer.withThreads = wanted
  }

  /** Stops the load and the server. Resolves when nothing of them is left. */
  async stop(): Promise<void> {
    // What is still starting must be there before it can be stopped; why it failed is told elsewhere.
    await this.#starting?.catch(() => {})
    await this.stopLoad()
    this.manualConnections.closeAll()
    this.#observer?.readProbe()
    await this.#server?.stop()
    this.#server = null
    this.#observer = null
  }

  /** Puts load on the server; `delay` is what the server itself waits for each client. */
  startLoad(plan: LoadPlan, delay: Millis): RunningLoad {
    this.#load = startLoad(plan, delay, (event) => this.#dispatch([event]))
    return this.#load
  }

  /** From now on the running load goes by another plan. */
  changeLoad(plan: LoadPlan): void {
    this.#load?.change(plan)
  }

  async stopLoad(): Promise<void> {
    await this.#load?.stop()
    this.#load = null
  }

  /** Sends a signal to a process of the tree. A failure is an event, too. */
  signal(pid: number, signal: NodeJS.Signals): void {
    const process = this.#state.processes.get(pid)
    if (!process) return
    this.#dispatch([{ type: 'signal-sent', at: monotonic(), from: 'you', to: pid, signal }])
    const errno = sendSignal(pid, signal, process.born)
    if (errno) this.#dispatch([{ type: 'signal-sent', at: monotonic(), from: 'you', to: pid, signal, errno }])
  }

  /** Time goes on when there is nothing to read, too: what has ended grows older. */
  #beat(): void {
    this.#readCounts()
    this.#dispatch([{ type: 'tick', at: monotonic() }])
  }

  /** What servers and clients counted is read in one go, so that the two sides of the balance agree. */
  #readCounts(): void {
    this.#readAt = monotonic()
    this.#observer?.readProbe()
    this.#load?.report()
  }

  /** Resolves to true when the state is as asked, or to false when it is not within the time (null: no limit). */
  until(condition: (state: State) => boolean, timeout: Millis | null): Promise<boolean> {
    if (condition(this.#state)) return Promise.resolve(true)
    return new Promise((resolve) => {
      const finish = (met: boolean) => {
        if (timer) clearTimeout(timer)
        unsubscribe()
        resolve(met)
      }
      const timer = timeout === null ? null : setTimeout(() => finish(false), timeout)
      const unsubscribe = this.subscribe((state) => condition(state) && finish(true))
    })
  }

  /** What the probe noted before the launcher reaped comes first, as it happened. */
  #dispatchFromLauncher(event: Event): void {
    if (event.at > this.#readAt) this.#readCounts()
    this.#dispatch([event])
  }

  #dispatch(events: Event[]): void {
    if (events.length === 0) return
    this.#state = reduce(this.#state, events)
    for (const listener of this.#listeners) listener(this.#state)
  }
}
