import type { Connection, Event } from '../../../src/state/event.ts'
import { reduce } from '../../../src/state/reduce.ts'
import { initialState, type State } from '../../../src/state/state.ts'
import {
  counted,
  counter,
  exited,
  figures,
  forked,
  LAUNCHER,
  plan,
  reaped,
  SERVER,
  sample,
  sampled,
  tick,
} from '../../state/support.ts'

const WORKERS = [101, 102, 103, 104]

const starting: Event = {
  type: 'server-starting',
  at: 1000,
  name: 'prefork',
  command: ['node', 'server.js'],
  host: '127.0.0.1',
  port: 2000,
}
const started: Event = { type: 'server-started', at: 1001, pid: SERVER, launcher: LAUNCHER }

const listening = (at: number, queued: number): Event => ({
  type: 'listening',
  at,
  listeners: [
    {
      inode: '7',
      address: '127.0.0.1',
      port: 2000,
      queued,
      backlog: 128,
      pids: [SERVER, ...WORKERS],
    },
  ],
})

const connection = (port: number, given: Partial<Connection> = {}): Connection => ({
  peer: { address: '127.0.0.1', port },
  state: 'established',
  receiveQueue: 0,
  sendQueue: 4096,
  isHeld: true,
  pids: [101],
  ...given,
})

const sockets = (at: number, overflows: number): Event => ({
  type: 'sockets',
  at,
  states: { established: 3, 'close-wait': 1 },
  connections: [
    connection(40_001),
    connection(40_002, { pids: [102, 103] }),
    connection(40_003, { isHeld: false, pids: [] }),
    connection(40_004, { state: 'close-wait', pids: [] }),
  ],
  timeWait: 1234,
  overflows,
  drops: overflows,
})

const up: Event[] = [
  starting,
  started,
  ...WORKERS.map((pid, index) => forked(1010 + index, pid, { index })),
  sampled(1250, [
    sample(SERVER, { parent: LAUNCHER, waitsIn: 'wait4', catches: ['SIGTERM'], ignores: ['SIGPIPE'] }),
    ...WORKERS.map((pid, i) => sample(pid, { cpu: 40 + i, switches: 20 * i })),
  ]),
  listening(1300, 3),
  sockets(1310, 5),
  tick(1400),
]

const manual: Event[] = [
  {
    type: 'manual-opened',
    at: 1410,
    id: 1,
    local: { address: '127.0.0.1', port: 50_001 },
    peer: { address: '127.0.0.1', port: 2000 },
  },
  { type: 'manual-sent', at: 1420, id: 1, bytes: 5, text: 'hello' },
  { type: 'manual-received', at: 1433, id: 1, bytes: 9, text: 'answer 界' },
  {
    type: 'manual-opened',
    at: 1440,
    id: 2,
    local: { address: '127.0.0.1', port: 50_002 },
    peer: { address: '127.0.0.1', port: 2000 },
  },
  { type: 'manual-closed', at: 1450, id: 2, how: 'aborted' },
]

const loaded: Event[] = [
  { type: 'load-started', at: 2000, plan: { ...plan, rate: 200 } },
  counted(
    2600,
    ...WORKERS.map((pid, i) => counter(pid, { accepts: 30 * (i + 1), wakeups: 40 * (i + 1), eagain: i })),
  ),
  {
    type: 'load-progress',
    at: 2610,
    figures: figures({
      attempts: 320,
      connects: 305,
      succeeded: 290,
      failed: { ECONNRESET: 3, SHORT: 1 },
      elapsed: 610,
      latency: { p50: 1.2, p90: 3.4, p99: 11, p999: 40, max: 118 },
      service: { p50: 1.1, p90: 3.2, p99: 9, p999: 30, max: 90 },
      distribution: [
        { from: 1, to: 2, count: 200 },
        { from: 2, to: 4, count: 80 },
        { from: 4, to: 8, count: 10 },
      ],
    }),
  },
  listening(2620, 128),
  sockets(2630, 9),
  tick(2700),
]

const deaths: Event[] = [
  exited(3000, 103, 0),
  { type: 'signal-sent', at: 3010, from: 'you', to: 104, signal: 'SIGKILL' },
  reaped(3020, 104, { ending: { signal: 'SIGKILL' } }),
  { type: 'output', at: 3030, stream: 'stderr', line: 'worker 104 died 日本' },
  tick(4500),
]

const stopped: Event[] = [
  { type: 'server-stopping', at: 5000, signal: 'SIGTERM', until: 15_000 },
  { type: 'server-ended', at: 5100, pid: SERVER, ending: { code: 0 } },
  { type: 'server-gone', at: 5110, killed: 0 },
  tick(5200),
]

const crashed: Event[] = [
  { type: 'output', at: 3000, stream: 'stderr', line: 'Error: it broke' },
  { type: 'server-ended', at: 3100, pid: SERVER, ending: { code: 3 } },
  tick(3200),
]

const after = (...events: Event[]): State => reduce(initialState, events)

/** The same server at moments that look different on the screen, by name. */
export const states: Record<string, State> = {
  nothing: initialState,
  starting: after(starting),
  'failed to start': after(starting, { type: 'server-failed', at: 1100, reason: 'Port 2000 is in use.' }),
  up: after(...up),
  'with manual connections': after(...up, ...manual),
  'under load': after(...up, ...loaded),
  'with a zombie and a killed child': after(...up, ...loaded, ...deaths),
  stopped: after(...up, ...loaded, ...stopped),
  crashed: after(...up, ...crashed),
}
