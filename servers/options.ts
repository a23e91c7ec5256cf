import type { Service } from './services/service.ts'

/** What a server is started with. Every model takes the first group; the catalogue says who takes which of the rest. */
export type ServerOptions = {
  host: string
  port: number
  /** Length of the queue of connections that wait to be accepted. */
  backlog: number
  /** A name from services/, or the path of a file that holds a service. */
  service: string
  /** Milliseconds of stand-in work before the first read. */
  delay: number

  children: number
  reap: 'sigchld' | 'accept' | 'ignore' | 'none'
  lock: 'none' | 'flock' | 'mutex'
  /** Edge-triggered instead of level-triggered. */
  edge: boolean
  /** EPOLLEXCLUSIVE. */
  exclusive: boolean
  /** How many consecutive ports select listens on. */
  ports: number
  /** How cluster gives connections to its workers: in turn, or as they accept. */
  schedule: 'rr' | 'none'
}

/** What a model's function is called with: the options, with the service found. */
export type ModelOptions = Omit<ServerOptions, 'service'> & { service: Service; serviceName: string }

export const defaultOptions: ServerOptions = {
  host: '127.0.0.1',
  port: 2000,
  backlog: 128,
  service: 'bytes',
  delay: 0,
  children: 10,
  reap: 'sigchld',
  lock: 'none',
  edge: false,
  exclusive: false,
  ports: 1,
  schedule: 'rr',
}
