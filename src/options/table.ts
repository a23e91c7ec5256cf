import { defaultLabOptions } from '../../servers/labs/options.ts'
import { defaultOptions } from '../../servers/options.ts'
import { MAX_BYTES } from '../../servers/services/bytes.ts'
import { type LoadOptions, loadOptions } from './load-options.ts'

/** What an option may be. A number's unit is in its help. */
export type Kind =
  | { kind: 'number'; from: number; to: number }
  | { kind: 'choice'; choices: string[] }
  | { kind: 'host' }
  | { kind: 'service' }
  | { kind: 'signal' }
  | { kind: 'flag' }
  /** Seconds, or with a unit, as `500ms` or `2m`; the value is in milliseconds. */
  | { kind: 'duration'; from: number; to: number }
  /** Any text that passes the check, which throws a sentence else. A list may be given several times. */
  | { kind: 'text'; check: (text: string) => void }
  | { kind: 'list'; check: (text: string) => void }

export type OptionName = keyof typeof optionTable

export type Option = Kind & {
  short?: string
  default: string | number | boolean | null | readonly string[]
  help: string
}

/** Every option of every command: its range, its default and its help. */
export const optionTable = {
  host: {
    kind: 'host',
    short: 'i',
    default: defaultOptions.host,
    help: 'numeric address to listen on and connect to',
  },
  port: { kind: 'number', from: 1, to: 65535, short: 'p', default: defaultOptions.port, help: 'TCP port' },
  children: {
    kind: 'number',
    from: 1,
    to: 2000,
    short: 'n',
    default: defaultOptions.children,
    help: 'processes of a pool',
  },
  backlog: {
    kind: 'number',
    from: 1,
    to: 65535,
    default: defaultOptions.backlog,
    help: 'connections that may wait to be accepted',
  },
  service: {
    kind: 'service',
    default: defaultOptions.service,
    help: 'what is done for a client',
  },
  delay: {
    kind: 'number',
    from: 0,
    to: 60_000,
    default: defaultOptions.delay,
    help: 'milliseconds of stand-in work for each client',
  },
  reap: {
    kind: 'choice',
    choices: ['sigchld', 'accept', 'ignore', 'none'],
    default: defaultOptions.reap,
    help: 'how fork gets rid of its zombies',
  },
  lock: {
    kind: 'choice',
    choices: ['none', 'flock', 'mutex'],
    default: defaultOptions.lock,
    help: 'what is held around accept',
  },
  edge: { kind: 'flag', default: defaultOptions.edge, help: 'epoll: edge-triggered' },
  exclusive: { kind: 'flag', default: defaultOptions.exclusive, help: 'prefork-epoll: EPOLLEXCLUSIVE' },
  ports: {
    kind: 'number',
    from: 1,
    to: 16,
    default: defaultOptions.ports,
    help: 'select: consecutive ports to listen on',
  },
  schedule: {
    kind: 'choice',
    choices: ['rr', 'none'],
    default: defaultOptions.schedule,
    help: 'cluster: in turn, or as the workers accept',
  },
  clients: {
    kind: 'number',
    from: 1,
    to: 10_000,
    short: 'c',
    default: 15,
    help: 'clients that connect at the same time',
  },
  connections: {
    kind: 'number',
    from: 1,
    to: 1_000_000,
    short: 't',
    default: 1000,
    help: 'connections that each client makes',
  },
  bytes: {
    kind: 'number',
    from: 0,
    to: MAX_BYTES,
    short: 'b',
    default: 4096,
    help: 'bytes asked for with each connection',
  },
  rate: {
    kind: 'number',
    from: 0,
    to: 1_000_000,
    default: 0,
    help: 'connections, or requests, due each second, whatever the server does; 0: as fast as it can',
  },
  think: {
    kind: 'number',
    from: 0,
    to: 60_000,
    default: 0,
    help: 'milliseconds that a client waits between two requests',
  },
  ...loadOptions,
  window: {
    kind: 'number',
    from: 1,
    to: 60,
    default: defaultLabOptions.window,
    help: 'labs of the signal race: seconds in which a signal is not looked for',
  },
  signal: { kind: 'signal', default: defaultLabOptions.signal, help: 'signal-demo: name or number' },
  parallel: { kind: 'number', from: 1, to: 500, default: 1, help: 'echo: clients at the same time' },
  contain: {
    kind: 'flag',
    default: false,
    help: 'the server in a pid namespace of its own, so that nothing of it can be left',
  },
  json: { kind: 'flag', default: false, help: 'print one JSON object' },
} satisfies Record<string, Option>

export type Options = LoadOptions & {
  host: string
  port: number
  children: number
  backlog: number
  service: string
  /** Where a service from a file was made ready for the server; absent for one that every model has. */
  serviceCode?: string
  delay: number
  reap: 'sigchld' | 'accept' | 'ignore' | 'none'
  lock: 'none' | 'flock' | 'mutex'
  edge: boolean
  exclusive: boolean
  ports: number
  schedule: 'rr' | 'none'
  clients: number
  connections: number
  bytes: number
  rate: number
  think: number
  window: number
  signal: NodeJS.Signals
  parallel: number
  contain: boolean
  json: boolean
}

export function optionNames(): OptionName[] {
  return Object.keys(optionTable) as OptionName[]
}

/** The option's table entry, as its general type. */
export function option(name: OptionName): Option {
  return optionTable[name]
}
