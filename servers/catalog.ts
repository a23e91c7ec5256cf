import type { LabOptions } from './labs/options.ts'
import type { ModelOptions, ServerOptions } from './options.ts'

/** One way of serving many clients. `run` returns only when the server is over. */
export type Model = {
  name: string
  group: string
  /** The design in a few words, for the header of the screen. */
  summary: string
  /** Where it is from. */
  source: string
  /** Options that it takes beside host, port, backlog, service and delay. */
  options: (keyof ServerOptions)[]
  /** Where it takes fewer values of an option than others do. */
  choices?: Partial<Record<'lock' | 'service', { values: string[]; why: string }>>
  /** Where it can have fewer children than others. */
  mostChildren?: { most: number; why: string }
  /** How Node runs it: one that forks cannot have Node's helper threads, which do not survive a fork. */
  node: 'without-threads' | 'with-threads'
  /** Its processes have threads that are worth a look even when nobody has asked for them. */
  showsThreads?: true
  /** Why a program that uses it as a library cannot give it a handler, although a service may be a file. */
  noHandler?: string
  run: (options: ModelOptions) => Promise<void>
}

/** Every model, in the order of the screen: the only list of them. */
export const models: Model[] = [
  {
    name: 'iterative',
    group: 'one at a time',
    summary: 'one client after the other',
    source: 'UNP 30 row 0',
    options: [],
    node: 'without-threads',
    run: async (options) => (await import('./models/iterative.ts')).iterative(options),
  },
  {
    name: 'fork',
    group: 'one per client',
    summary: 'a child for each client',
    source: 'UNP 30.5',
    options: ['reap'],
    node: 'without-threads',
    run: async (options) => (await import('./models/fork.ts')).forkPerClient(options),
  },
  {
    name: 'thread',
    group: 'one per client',
    summary: 'a thread for each client',
    source: 'UNP 30.10',
    options: [],
    choices: { service: { values: ['bytes', 'echo'], why: 'its threads run no JavaScript' } },
    node: 'with-threads',
    showsThreads: true,
    run: async (options) => (await import('./models/thread.ts')).threadPerClient(options),
  },
  {
    name: 'prefork',
    group: 'a pool',
    summary: 'children call accept',
    source: 'UNP 30.6–30.8',
    options: ['children', 'lock'],
    node: 'without-threads',
    run: async (options) => (await import('./models/prefork.ts')).prefork(options),
  },
  {
    name: 'prefork-fd',
    group: 'a pool',
    summary: 'the parent accepts and passes descriptors',
    source: 'UNP 30.9',
    options: ['children'],
    mostChildren: { most: 1000, why: 'its parent waits for them in select, which looks at 1024 descriptors' },
    node: 'without-threads',
    run: async (options) => (await import('./models/prefork-fd.ts')).preforkDescriptorPassing(options),
  },
  {
    name: 'prefork-select',
    group: 'a pool',
    summary: 'children wait in select, then accept',
    source: 'UNP 30.6',
    options: ['children'],
    node: 'without-threads',
    run: async (options) => (await import('./models/prefork-select.ts')).preforkSelect(options),
  },
  {
    name: 'prefork-epoll',
    group: 'a pool',
    summary: 'children wait in epoll_wait, then accept',
    source: 'UNP 30.6, epoll(7)',
    options: ['children', 'exclusive'],
    node: 'without-threads',
    run: async (options) => (await import('./models/prefork-epoll.ts')).preforkEpoll(options),
  },
  {
    name: 'reuseport',
    group: 'a pool',
    summary: 'children with a listener each',
    source: 'socket(7)',
    options: ['children'],
    node: 'without-threads',
    run: async (options) => (await import('./models/reuseport.ts')).reuseport(options),
  },
  {
    name: 'prethread',
    group: 'a pool',
    summary: 'threads call accept',
    source: 'UNP 30.11',
    options: ['children', 'lock'],
    choices: { lock: { values: ['none', 'mutex'], why: 'its threads share one process' } },
    node: 'with-threads',
    showsThreads: true,
    noHandler: 'its threads start the whole program anew',
    run: async (options) => (await import('./models/prethread.ts')).prethread(options),
  },
  {
    name: 'prethread-dispatch',
    group: 'a pool',
    summary: 'the main thread accepts and hands over',
    source: 'UNP 30.12',
    options: ['children'],
    node: 'with-threads',
    showsThreads: true,
    noHandler: 'its threads start the whole program anew',
    run: async (options) => (await import('./models/prethread-dispatch.ts')).prethreadDispatch(options),
  },
  {
    name: 'select',
    group: 'event loop',
    summary: 'one process waits for all in select',
    source: 'UNP 6.8',
    options: ['ports'],
    node: 'without-threads',
    run: async (options) => (await import('./models/select.ts')).selectLoop(options),
  },
  {
    name: 'poll',
    group: 'event loop',
    summary: 'one process waits for all in poll',
    source: 'UNP 6.10',
    options: [],
    node: 'without-threads',
    run: async (options) => (await import('./models/poll.ts')).pollLoop(options),
  },
  {
    name: 'epoll',
    group: 'event loop',
    summary: 'one process waits for all in epoll_wait',
    source: 'epoll(7)',
    options: ['edge'],
    node: 'without-threads',
    run: async (options) => (await import('./models/epoll.ts')).epollLoop(options),
  },
  {
    name: 'event-loop',
    group: "node's own",
    summary: 'node:net on one event loop',
    source: 'node:net',
    options: [],
    node: 'with-threads',
    showsThreads: true,
    run: async (options) => (await import('./models/event-loop.ts')).eventLoop(options),
  },
  {
    name: 'cluster',
    group: "node's own",
    summary: 'node:cluster, a pool of event loops',
    source: 'node:cluster',
    options: ['children', 'schedule'],
    node: 'with-threads',
    showsThreads: true,
    run: async (options) => (await import('./models/cluster.ts')).clusterPool(options),
  },
]

/** The model of that name, or undefined. */
export function findModel(name: string): Model | undefined {
  return models.find((model) => model.name === name)
}

/** A demonstration that runs by itself, says what it does, and ends. */
export type Lab = {
  name: string
  summary: string
  source: string
  /** Options that it takes. One with a `window` waits for SIGUSR1, one with `signal` for that signal. */
  options: (keyof LabOptions)[]
  /** Returns whether the outcome was as the theory says; null for `herd`, which is models looked at from outside. */
  run: ((options: LabOptions) => Promise<boolean>) | null
}

/** Every lab, in the order of the screen: the only list of them. */
export const labs: Lab[] = [
  {
    name: 'rst',
    summary: 'a close that resets: the peer gets ECONNRESET',
    source: 'UNP 7.5, socket(7)',
    options: [],
    run: async () => (await import('./labs/rst.ts')).rst(),
  },
  {
    name: 'sigpipe',
    summary: 'a write after a reset: EPIPE, or death by SIGPIPE',
    source: 'UNP 5.13',
    options: [],
    run: async () => (await import('./labs/sigpipe.ts')).sigpipe(),
  },
  {
    name: 'signal-race',
    summary: 'a signal just before select is missed',
    source: 'UNP 20.5, select(2)',
    options: ['window'],
    run: async (options) => (await import('./labs/signal-race.ts')).signalRace(options),
  },
  {
    name: 'self-pipe',
    summary: 'cure of the race: the handler writes into a pipe',
    source: 'select(2)',
    options: ['window'],
    run: async (options) => (await import('./labs/self-pipe.ts')).selfPipe(options),
  },
  {
    name: 'signalfd',
    summary: 'cure of the race: a descriptor for signals',
    source: 'signalfd(2)',
    options: ['window'],
    run: async (options) => (await import('./labs/signalfd.ts')).signalDescriptor(options),
  },
  {
    name: 'ppoll',
    summary: 'cure of the race: letting in and waiting in one step',
    source: 'ppoll(2)',
    options: ['window'],
    run: async (options) => (await import('./labs/ppoll.ts')).pollWithMask(options),
  },
  {
    name: 'signal-demo',
    summary: 'tells each signal that comes, and when',
    source: 'signal(7)',
    options: ['signal'],
    run: async (options) => (await import('./labs/signal-demo.ts')).signalDemo(options),
  },
  {
    name: 'sendfile',
    summary: 'a file sent by copies and by sendfile',
    source: 'sendfile(2)',
    options: [],
    run: async () => (await import('./labs/sendfile.ts')).sendFile(),
  },
  {
    name: 'cork',
    summary: 'header and body: Nagle, TCP_NODELAY, TCP_CORK',
    source: 'UNP 7.9, tcp(7)',
    options: [],
    run: async () => (await import('./labs/cork.ts')).cork(),
  },
  {
    name: 'herd',
    summary: 'how many wake for one connection',
    source: 'UNP 30.6, epoll(7)',
    options: [],
    run: null,
  },
]

/** The lab of that name, or undefined. */
export function findLab(name: string): Lab | undefined {
  return labs.find((lab) => lab.name === name)
}
