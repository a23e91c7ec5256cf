import { defaultLabOptions } from '../../servers/labs/options.ts'
import { defaultOptions } from '../../servers/options.ts'
import { MAX_BYTES } from '../../servers/services/bytes.ts'
import { checkSocketPath } from '../load/check-socket-path.ts'
import { checkGenerator } from '../load/generator-plan.ts'
import { checkHeader, checkMethod, checkPath } from '../load/protocols/http/check-request.ts'
import type { Option, ValueOf } from './kinds.ts'

/** What options are about. A command takes whole groups of them. */
export const optionGroups = {
  address: { title: 'Where the server is' },
  service: { title: 'What is done for a client' },
  ending: { title: 'How the server is ended' },
  models: { title: 'Every model' },
  model: { title: 'Some models' },
  load: { title: 'The load' },
  http: { title: 'HTTP requests' },
  generator: { title: 'A load generator of your own' },
  lab: { title: 'Labs', for: 'labs: csdesign-tui lab NAME' },
  signals: { title: 'While the load runs' },
  attach: { title: 'A server that runs already' },
  echo: { title: 'Echo clients' },
  output: { title: 'Output' },
} as const satisfies Record<string, { title: string; for?: string }>

export type OptionGroup = keyof typeof optionGroups

/**
 * Every option of every command, the only list of them: types, command line, refusals, help and the tables in the
 * documents follow from it. Which models and labs take one is said by the catalogue.
 */
export const optionTable = {
  host: {
    kind: 'host',
    group: 'address',
    short: 'i',
    default: defaultOptions.host,
    help: 'numeric address to listen on and connect to',
  },
  port: {
    kind: 'number',
    group: 'address',
    from: 1,
    to: 65535,
    short: 'p',
    default: defaultOptions.port,
    help: 'TCP port',
  },
  service: {
    kind: 'service',
    group: 'service',
    default: defaultOptions.service,
    help: 'what is done for a client, or what the load says and expects',
  },
  delay: {
    kind: 'number',
    group: 'service',
    from: 0,
    to: 60_000,
    unit: 'ms',
    default: defaultOptions.delay,
    help: 'stand-in work for each client',
  },
  stopSignal: {
    kind: 'signal',
    group: 'ending',
    default: 'SIGTERM',
    help: 'what asks the server to end',
  },
  grace: {
    kind: 'number',
    group: 'ending',
    from: 0,
    to: 3600,
    unit: 's',
    default: 10,
    help: 'time it has to end before SIGKILL ends it',
  },
  contain: {
    kind: 'flag',
    group: 'ending',
    default: false,
    help: 'runs it in a pid namespace of its own, so that nothing of it can be left',
  },
  backlog: {
    kind: 'number',
    group: 'models',
    from: 1,
    to: 65535,
    default: defaultOptions.backlog,
    help: 'connections that may wait to be accepted',
  },
  children: {
    kind: 'number',
    group: 'model',
    from: 1,
    to: 2000,
    short: 'n',
    default: defaultOptions.children,
    help: 'processes or threads of a pool',
  },
  reap: {
    kind: 'choice',
    group: 'model',
    choices: ['sigchld', 'accept', 'ignore', 'none'],
    default: defaultOptions.reap,
    help: 'how it gets rid of its zombies',
  },
  lock: {
    kind: 'choice',
    group: 'model',
    choices: ['none', 'flock', 'mutex'],
    default: defaultOptions.lock,
    help: 'what is held around accept',
  },
  edge: { kind: 'flag', group: 'model', default: defaultOptions.edge, help: 'edge-triggered' },
  exclusive: { kind: 'flag', group: 'model', default: defaultOptions.exclusive, help: 'EPOLLEXCLUSIVE' },
  ports: {
    kind: 'number',
    group: 'model',
    from: 1,
    to: 16,
    default: defaultOptions.ports,
    help: 'consecutive ports to listen on',
  },
  schedule: {
    kind: 'choice',
    group: 'model',
    choices: ['rr', 'none'],
    default: defaultOptions.schedule,
    help: 'workers get connections in turn, or as they accept',
  },
  clients: {
    kind: 'number',
    group: 'load',
    from: 1,
    to: 10_000,
    short: 'c',
    default: 15,
    help: 'clients that connect at the same time',
  },
  connections: {
    kind: 'number',
    group: 'load',
    from: 1,
    to: 1_000_000,
    short: 't',
    default: 1000,
    help: 'connections that each client makes',
  },
  duration: {
    kind: 'duration',
    group: 'load',
    from: 10,
    to: 24 * 60 * 60_000,
    default: null,
    help: 'how long requests are made, instead of --connections',
  },
  requests: {
    kind: 'number',
    group: 'load',
    from: 1,
    to: 1_000_000,
    default: 1,
    help: 'on each connection, of http and echo; 1 closes it',
  },
  bytes: {
    kind: 'number',
    group: 'load',
    from: 0,
    to: MAX_BYTES,
    unit: 'bytes',
    short: 'b',
    default: 4096,
    help: 'asked for with each connection',
  },
  rate: {
    kind: 'number',
    group: 'load',
    from: 0,
    to: 1_000_000,
    default: 0,
    help: 'connections, or requests, due each second, whatever the server does; 0: as fast as it can',
  },
  think: {
    kind: 'number',
    group: 'load',
    from: 0,
    to: 60_000,
    unit: 'ms',
    default: 0,
    help: 'how long a client waits between two requests',
  },
  unix: {
    kind: 'text',
    group: 'load',
    value: 'PATH',
    check: checkSocketPath,
    default: null,
    help: 'a Unix socket to connect to, instead of host and port',
  },
  path: {
    kind: 'text',
    group: 'http',
    value: 'PATH',
    check: checkPath,
    default: '/',
    help: 'what is asked for',
  },
  method: {
    kind: 'text',
    group: 'http',
    value: 'NAME',
    check: checkMethod,
    default: 'GET',
    help: 'method of the request',
  },
  header: {
    kind: 'text',
    group: 'http',
    value: "'NAME: VALUE'",
    repeatable: true,
    check: checkHeader,
    default: [],
    help: 'a header field',
  },
  body: { kind: 'text', group: 'http', default: '', help: 'content of the request' },
  load: {
    kind: 'text',
    group: 'generator',
    value: "'COMMAND'",
    check: checkGenerator,
    default: null,
    help: "what is run instead of our clients, as in 'wrk -c 50 http://{host}:{port}/'",
  },
  window: {
    kind: 'number',
    group: 'lab',
    from: 1,
    to: 60,
    unit: 's',
    default: defaultLabOptions.window,
    help: 'time in which a signal is not looked for',
  },
  signal: {
    kind: 'signal',
    group: 'lab',
    default: defaultLabOptions.signal,
    help: 'the signal that is caught: its name or number',
  },
  signals: {
    kind: 'timed-signal',
    group: 'signals',
    flag: 'signal',
    repeatable: true,
    default: [],
    help: 'sent to the server, or to all its children, so long after the load began, as in HUP@5s',
  },
  parallel: {
    kind: 'number',
    group: 'echo',
    from: 1,
    to: 500,
    default: 1,
    help: 'clients at the same time',
  },
  attach: {
    kind: 'text',
    group: 'attach',
    value: 'TARGET',
    default: null,
    help: 'load and report a server that runs already: a pid, :PORT, ADDRESS:PORT, a socket or a name',
  },
  json: { kind: 'flag', group: 'output', default: false, help: 'print JSON, and nothing else' },
} as const satisfies Record<string, Option & { group: OptionGroup }>

export type OptionName = keyof typeof optionTable

export type Options = { -readonly [Name in OptionName]: ValueOf<(typeof optionTable)[Name]> } & {
  /** Where a service from a file was made ready for the server; absent for one that every model has. */
  serviceCode?: string
}

export function optionNames(): OptionName[] {
  return Object.keys(optionTable) as OptionName[]
}

/** The option's row, as its general type. */
export function option(name: OptionName): Option & { group: OptionGroup } {
  return optionTable[name]
}

/** What follows `--` on the command line: two options may share it, for different commands. */
export function flagOf(name: OptionName): string {
  return dashed(option(name).flag ?? name)
}

/** `stopSignal` as `stop-signal`. */
export function dashed(name: string): string {
  return name.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`)
}

/** Every option with its default. */
export const defaults = Object.fromEntries(
  optionNames().map((name) => [name, option(name).default]),
) as unknown as Options
