import type { LabOptions } from './labs/options.ts'
import type { ServerOptions } from './options.ts'

/** One way of serving many clients: a file of this name in models/, see load-entry.ts. */
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
  },
  {
    name: 'fork',
    group: 'one per client',
    summary: 'a child for each client',
    source: 'UNP 30.5',
    options: ['reap'],
    node: 'without-threads',
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
  },
  {
    name: 'prefork',
    group: 'a pool',
    summary: 'children call accept',
    source: 'UNP 30.6–30.8',
    options: ['children', 'lock'],
    node: 'without-threads',
  },
  {
    name: 'prefork-fd',
    group: 'a pool',
    summary: 'the parent accepts and passes descriptors',
    source: 'UNP 30.9',
    options: ['children'],
    mostChildren: { most: 1000, why: 'its parent waits for them in select, which looks at 1024 descriptors' },
    node: 'without-threads',
  },
  {
    name: 'prefork-select',
    group: 'a pool',
    summary: 'children wait in select, then accept',
    source: 'UNP 30.6',
    options: ['children'],
    node: 'without-threads',
  },
  {
    name: 'prefork-epoll',
    group: 'a pool',
    summary: 'children wait in epoll_wait, then accept',
    source: 'UNP 30.6, epoll(7)',
    options: ['children', 'exclusive'],
    node: 'without-threads',
  },
  {
    name: 'reuseport',
    group: 'a pool',
    summary: 'children with a listener each',
    source: 'socket(7)',
    options: ['children'],
    node: 'without-threads',
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
  },
  {
    name: 'select',
    group: 'event loop',
    summary: 'one process waits for all in select',
    source: 'UNP 6.8',
    options: ['ports'],
    node: 'without-threads',
  },
  {
    name: 'poll',
    group: 'event loop',
    summary: 'one process waits for all in poll',
    source: 'UNP 6.10',
    options: [],
    node: 'without-threads',
  },
  {
    name: 'epoll',
    group: 'event loop',
    summary: 'one process waits for all in epoll_wait',
    source: 'epoll(7)',
    options: ['edge'],
    node: 'without-threads',
  },
  {
    name: 'event-loop',
    group: "node's own",
    summary: 'node:net on one event loop',
    source: 'node:net',
    options: [],
    node: 'with-threads',
    showsThreads: true,
  },
  {
    name: 'cluster',
    group: "node's own",
    summary: 'node:cluster, a pool of event loops',
    source: 'node:cluster',
    options: ['children', 'schedule'],
    node: 'with-threads',
    showsThreads: true,
  },
]

/** The model of that name, or undefined. */
export function findModel(name: string): Model | undefined {
  return models.find((model) => model.name === name)
}

/** A demonstration that runs by itself, says what it does, and ends: a file of this name in labs/. */
export type Lab = {
  name: string
  summary: string
  source: string
  /** Options that it takes. One with a `window` waits for SIGUSR1, one with `signal` for that signal. */
  options: (keyof LabOptions)[]
  /** It has no file: it is models looked at from outside. */
  isComparison?: true
}

/** Every lab, in the order of the screen: the only list of them. */
export const labs: Lab[] = [
  {
    name: 'rst',
    summary: 'a close that resets: the peer gets ECONNRESET',
    source: 'UNP 7.5, socket(7)',
    options: [],
  },
  {
    name: 'sigpipe',
    summary: 'a write after a reset: EPIPE, or death by SIGPIPE',
    source: 'UNP 5.13',
    options: [],
  },
  {
    name: 'signal-race',
    summary: 'a signal just before select is missed',
    source: 'UNP 20.5, select(2)',
    options: ['window'],
  },
  {
    name: 'self-pipe',
    summary: 'cure of the race: the handler writes into a pipe',
    source: 'select(2)',
    options: ['window'],
  },
  {
    name: 'signalfd',
    summary: 'cure of the race: a descriptor for signals',
    source: 'signalfd(2)',
    options: ['window'],
  },
  {
    name: 'ppoll',
    summary: 'cure of the race: letting in and waiting in one step',
    source: 'ppoll(2)',
    options: ['window'],
  },
  {
    name: 'signal-demo',
    summary: 'tells each signal that comes, and when',
    source: 'signal(7)',
    options: ['signal'],
  },
  {
    name: 'sendfile',
    summary: 'a file sent by copies and by sendfile',
    source: 'sendfile(2)',
    options: [],
  },
  {
    name: 'cork',
    summary: 'header and body: Nagle, TCP_NODELAY, TCP_CORK',
    source: 'UNP 7.9, tcp(7)',
    options: [],
  },
  {
    name: 'herd',
    summary: 'how many wake for one connection',
    source: 'UNP 30.6, epoll(7)',
    options: [],
    isComparison: true,
  },
]

/** The lab of that name, or undefined. */
export function findLab(name: string): Lab | undefined {
  return labs.find((lab) => lab.name === name)
}
