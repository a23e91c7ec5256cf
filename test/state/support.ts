import { noCounts } from '../../src/state/counts.ts'
import type {
  Ending,
  Event,
  LoadFigures,
  LoadPlan,
  ProcessSample,
  ThreadCounts,
} from '../../src/state/event.ts'
import { reduce } from '../../src/state/reduce.ts'
import { initialState, noFigures, type Process, type State } from '../../src/state/state.ts'

export const SERVER = 100
export const LAUNCHER = 99

/** A server that started at 1000 and runs: pid 100, under launcher 99. */
export const running: State = reduce(initialState, [
  {
    type: 'server-starting',
    at: 1000,
    name: 'fork',
    command: ['node', 'server.js'],
    host: '127.0.0.1',
    port: 2000,
  },
  { type: 'server-started', at: 1001, pid: SERVER, launcher: LAUNCHER },
])

/** The running server after these events. */
export const stateAfter = (...events: Event[]): State => reduce(running, events)

/** The running server after these events, each a reading of its own. */
export const stateAfterEach = (...events: Event[]): State =>
  events.reduce((state, event) => reduce(state, [event]), running)

export function processOf(state: State, pid: number): Process {
  const process = state.processes.get(pid)
  if (!process) throw new Error(`no process ${pid} among ${[...state.processes.keys()]}`)
  return process
}

/** It was asked to stop, and has ten seconds. */
export const stopping = (at: number, signal = 'SIGTERM'): Event => ({
  type: 'server-stopping',
  at,
  signal,
  until: at + 10_000,
})

export const forked = (
  at: number,
  pid: number,
  { parent = SERVER, autoReap = false, index = 0 } = {},
): Event => ({
  type: 'forked',
  at,
  pid,
  parent,
  autoReap,
  index,
})

export const exited = (at: number, pid: number, code = 0): Event => ({ type: 'exited', at, pid, code })

export const reaped = (
  at: number,
  pid: number,
  { by = SERVER, ending = { code: 0 } as Ending } = {},
): Event => ({
  type: 'reaped',
  at,
  pid,
  by,
  ending,
})

export const tick = (at: number): Event => ({ type: 'tick', at })

/** What /proc says of processes at a time, and which of them are gone. */
export const sampled = (at: number, processes: ProcessSample[], gone: number[] = []): Event => ({
  type: 'sampled',
  at,
  processes,
  gone,
})

export const sample = (pid: number, given: Partial<ProcessSample> = {}): ProcessSample => ({
  pid,
  parent: SERVER,
  born: 1000,
  startTicks: (given.born ?? 1000) / 10,
  name: 'node',
  state: 'S',
  cpu: 0,
  memory: 1 << 20,
  threads: 1,
  waitsIn: 'accept',
  probed: true,
  ...given,
})

export const counted = (at: number, ...changes: ThreadCounts[]): Event => ({
  type: 'counted',
  at,
  changes,
})

/** What a thread of the process counted since the reading before. */
export const counter = (pid: number, given: Partial<ThreadCounts> = {}): ThreadCounts => ({
  pid,
  tid: pid,
  born: 1000,
  ...noCounts,
  open: 0,
  activity: null,
  image: 0,
  ...given,
})

export const plan: LoadPlan = {
  host: '127.0.0.1',
  port: 2000,
  unix: null,
  clients: 15,
  connections: 100,
  duration: null,
  requests: 1,
  bytes: 4096,
  service: 'bytes',
  http: { path: '/', method: 'GET', headers: [], body: '' },
  rate: 0,
  think: 0,
}

export const figures = (given: Partial<LoadFigures>): LoadFigures => ({ ...noFigures, ...given })

export const kinds = ({ log }: State): string[] => log.entries.map(({ what }) => what.kind)
