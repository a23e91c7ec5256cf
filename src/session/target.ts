import { basename, join } from 'node:path'
import type { Lab, Model } from '../../servers/catalog.ts'
import { defaultOptions, type ServerOptions } from '../../servers/options.ts'
import { packageRoot } from '../../servers/posix/native.ts'
import type { FoundServer } from '../observe/find-server.ts'
import { commOf } from '../observe/process-facts.ts'
import type { Options } from '../options/table.ts'
import type { Duration } from '../state/event.ts'
import { stripControl } from '../state/strip-control.ts'
import { handedPath } from '../supervise/handed-files.ts'

/** A server that can be started: a model of the catalogue, or any command. */
export type Target = {
  /** A model or a lab of the catalogue; neither is a command of the user's. */
  model: Model | null
  lab: Lab | null
  name: string
  /** What the header of the screen says of it. */
  summary: string
  command: string[]
  host: string
  /** Whether any answer of it counts: nobody has said what it answers. */
  isAnyAnswer: boolean
  /** Null when only the server knows: then the first address that it listens on counts. */
  port: number | null
  /** A server that runs already, to be looked at and left alone; null for one that we start. */
  attach: FoundServer | null
  /** What asks it to end, and how long it has then before SIGKILL. */
  stopSignal: NodeJS.Signals
  graceMs: Duration
  /** Whether it gets a pid namespace of its own. */
  contain: boolean
  /** Descriptors of ours that a contained server opens by path: see handed-files.ts. */
  files: number[]
  /** On how many consecutive ports it listens, from that one on. */
  ports: number
}

/** The options about a server's end; the grace in seconds. */
export type EndOptions = { stopSignal?: NodeJS.Signals; grace?: number; contain?: boolean }

/**
 * V8's helper threads do not survive a fork, so a model runs without them. What the parent compiled for its children
 * is kept although it does not run it itself.
 */
const WITHOUT_THREADS = ['--single-threaded', '--v8-pool-size=0', '--no-flush-bytecode']

const LONGEST_NAME = 60

export function modelTarget(model: Model, options: Options): Target {
  const { host, port, backlog, serviceCode, delay, contain } = options
  const own = Object.fromEntries(model.options.map((name) => [name, options[name as keyof Options]]))
  const given: Partial<ServerOptions> = {
    host,
    port,
    backlog,
    service: serviceCode ? (contain ? handedPath(0) : serviceCode) : servedBy(options.service),
    delay,
    ...own,
  }
  const command = [
    process.execPath,
    ...(model.node === 'without-threads' ? WITHOUT_THREADS : []),
    join(packageRoot(), 'dist/server.js'),
    model.name,
    JSON.stringify(given),
  ]
  return {
    model,
    lab: null,
    name: model.name,
    summary: model.summary,
    command,
    isAnyAnswer: false,
    host,
    port,
    attach: null,
    ...endBy(options),
    ...(serviceCode && { files: [Number(basename(serviceCode))] }),
    ports: model.options.includes('ports') ? options.ports : 1,
  }
}

function endBy({ stopSignal = 'SIGTERM', grace = 10, contain = false }: EndOptions) {
  return { stopSignal, graceMs: grace * 1000, contain, files: [] }
}

/** A lab forks, too. It listens where it likes, if at all. */
export function labTarget(lab: Lab, options: Options): Target {
  const own = Object.fromEntries(lab.options.map((name) => [name, options[name]]))
  const program = [...WITHOUT_THREADS, join(packageRoot(), 'dist/server.js')]
  const command = [process.execPath, ...program, lab.name, JSON.stringify(own)]
  return {
    model: null,
    lab,
    name: lab.name,
    summary: lab.summary,
    command,
    isAnyAnswer: true,
    host: options.host,
    port: null,
    attach: null,
    ...endBy(options),
    ports: 1,
  }
}

export function commandTarget(
  command: string[],
  { host, port, isAnyAnswer }: Pick<Target, 'host' | 'port' | 'isAnyAnswer'>,
  options: EndOptions = {},
): Target {
  return {
    model: null,
    lab: null,
    name: shortName(command),
    summary: 'a server of your own',
    command,
    isAnyAnswer,
    host,
    port,
    attach: null,
    ...endBy(options),
    ports: 1,
  }
}

/** A server that runs already. */
export function attachTarget(found: FoundServer): Target {
  const [first] = found.listeners
  const command = found.command.length > 0 ? found.command : [commOf(found.root)]
  return {
    ...commandTarget(command, { host: first?.address ?? '', port: null, isAnyAnswer: true }),
    summary: 'a server that runs already',
    attach: found,
  }
}

/** The command without the folders of its words, fit for a line: `python3 app.py 2000`. */
function shortName(command: string[]): string {
  const words = command.map((word) => (word.includes('/') && !word.includes(' ') ? basename(word) : word))
  const name = stripControl(words.join(' '))
  return name.length > LONGEST_NAME ? `${name.slice(0, LONGEST_NAME)}…` : name
}

/** What a model serves when the load was meant for a server that nobody knows. */
function servedBy(service: string): string {
  return service === 'any' || service === 'auto' ? defaultOptions.service : service
}
