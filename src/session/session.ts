import type { Duration, Event, GeneratorPlan, HerdEvent, LoadPlan } from '../state/event.ts'
import type { State } from '../state/state.ts'
import type { Haste } from '../supervise/launch-server.ts'
import type { Target } from './target.ts'

/**
 * What screen and reports hold on to, whatever is behind it: a server that we started, one that runs already, or a
 * recording. They look at the state, and ask for things by commands; nothing else reaches them.
 */
export type Session = {
  /** As of the latest beat. Never changed in place. */
  readonly state: State
  /** Every event that the state was made of, in the order in which it was reduced. */
  readonly events: EventStream
  /** Calls the function after each change of the state, until the returned function is called. */
  subscribe(listener: (state: State) => void): () => void
  readonly commands: SessionCommands
}

export type EventStream = {
  /** Calls the function with the events of each beat, until the returned function is called. */
  subscribe(listener: (events: readonly Event[]) => void): () => void
}

export type SessionCommands = {
  /** Starts a server; one that runs is stopped completely first. Resolves when it runs or has failed to start. */
  start(target: Target): Promise<void>
  /**
   * Stops the load and the server: by the signal that asks it, then by SIGKILL when its time is over, or sooner if there
   * is haste, also when it was asked before. Resolves when nothing of them is left, or what is left cannot be ended.
   */
  stop(haste?: Haste): Promise<void>
  /**
   * Puts load on the server; `delay` is what the server itself waits for each client. Resolves when every connection
   * is made or given up. Does not reject: a failure is an event.
   */
  startLoad(plan: LoadPlan, delay: Duration): Promise<void>
  /** Runs a load generator of the user's in the place of our clients. Resolves when it has ended. Does not reject. */
  startGenerator(plan: GeneratorPlan): Promise<void>
  /** From now on the running load of ours goes by another plan. */
  changeLoad(plan: LoadPlan): void
  /** Ends the load, ours or the generator. Resolves when it has ended. */
  stopLoad(): Promise<void>
  /** Sends a signal to a process of the tree. A failure is an event, too. */
  signal(pid: number, signal: NodeJS.Signals): void
  readonly connections: ManualConnectionCommands
  /** Puts into the stream what a lab that runs over this session has found. */
  record(event: HerdEvent): void
  /** What is looked at from now on: nothing else is read, since reading costs time. */
  watch(attention: Partial<Attention>): void
}

/** Connections that the user makes one by one, each with a number. */
export type ManualConnectionCommands = {
  /** Resolves to the connection's number, or rejects with the system's error. */
  open(host: string, port: number): Promise<number>
  send(id: number, text: string): void
  /** From now on one byte a second is read, or everything at once again. */
  read(id: number, slowly: boolean): void
  close(id: number): void
  /** Ends the connection with RST instead of FIN. */
  abort(id: number): void
}

/** What somebody looks at. */
export type Attention = {
  /** Milliseconds between two looks at the processes in /proc. */
  processes: Duration
  /** Whether the threads of processes are looked at, too. */
  threads: boolean
  /** Whether the connections of the server are looked at, beside its listeners. */
  sockets: boolean
}
