import type { LoadFigures } from './load-figures.ts'
import type { Ending } from './server-event.ts'
import type { Duration, Instant } from './time.ts'

/** How a client talks to the server: `any` takes whatever answer comes. */
export type ProtocolName = 'bytes' | 'echo' | 'any' | 'http'

export type LoadPlan = {
  host: string
  port: number
  /** Path of a Unix socket to connect to, instead of host and port; null for TCP. */
  unix: string | null
  clients: number
  /** Connections that each client makes; without meaning where there is a duration. */
  connections: number
  /** So long requests are begun, instead of a number of connections; null for none. */
  duration: Duration | null
  /** Requests on each connection. */
  requests: number
  bytes: number
  /** `auto`: HTTP when the server answers HTTP, else any answer counts. */
  service: ProtocolName | 'auto'
  /** What an HTTP request says. */
  http: HttpRequest
  /** Requests due a second, the first of its connection included, whatever the server does; 0: as many as can be. */
  rate: number
  /** How long a client waits between two of its requests. */
  think: Duration
}

/** `headers` are whole lines, as `Accept: text/html`. */
export type HttpRequest = { path: string; method: string; headers: readonly string[]; body: string }

/** What the server was found to speak: `version` is that of HTTP, as `HTTP/1.1`. */
export type FoundProtocol = { service: 'http'; version: string } | { service: 'any'; version: null }

export type LoadEvent =
  | { type: 'load-started'; at: Instant; plan: LoadPlan }
  /** From now on the running load goes by another plan. */
  | { type: 'load-changed'; at: Instant; plan: LoadPlan }
  /** The first answer to a load with the service `auto` showed by which protocol it goes on. */
  | { type: 'protocol-found'; at: Instant; found: FoundProtocol }
  | { type: 'load-progress'; at: Instant; figures: LoadFigures }
  /** `stopped` when it was ended before every connection was made; `error` when the load engine itself failed. */
  | { type: 'load-ended'; at: Instant; figures: LoadFigures; stopped: boolean; error?: string }

/** A load generator of the user's, in the place of our clients: its words, with the address filled in. */
export type GeneratorPlan = { command: readonly string[]; host: string; port: number }

/** What it does is known from the server's side alone, and from what it prints. */
export type GeneratorEvent =
  | { type: 'generator-started'; at: Instant; plan: GeneratorPlan }
  /** One of the last lines that it printed so far; lines that came much faster than anybody reads are left out. */
  | { type: 'generator-output'; at: Instant; line: string }
  /**
   * Nothing of it is alive any more. `ending` is how its first process ended; `stopped` when it was told to; `error`,
   * a sentence, when it could not be started or ended.
   */
  | { type: 'generator-ended'; at: Instant; ending: Ending | null; stopped: boolean; error?: string }
