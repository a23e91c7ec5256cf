import type { Instant } from './time.ts'

/** How a process ended: its exit code, or the signal that ended it, named as in `SIGKILL`. */
export type Ending = { code: number } | { signal: string; core?: boolean }

/** The server as a whole, told by its launcher. */
export type ServerEvent =
  | {
      type: 'server-starting'
      at: Instant
      name: string
      command: string[]
      host: string
      port: number | null
      /** It ran already when we came. */
      attached?: true
      /** It is a model or lab of ours, whose addon tells the probe of the handlers that run. */
      isOwn?: true
    }
  | { type: 'server-started'; at: Instant; pid: number; launcher: number }
  | { type: 'server-failed'; at: Instant; reason: string }
  /** It was sent the signal; what is left at `until` is killed. */
  | { type: 'server-stopping'; at: Instant; signal: string; until: Instant }
  /** We look at it no longer; it goes on. */
  | { type: 'server-left'; at: Instant }
  | { type: 'server-ended'; at: Instant; pid: number; ending: Ending }
  /** Its first process ended well and others go on: `pid` is the first one now, and the launcher its parent. */
  | { type: 'server-daemonized'; at: Instant; pid: number }
  /** No process that the server started is alive any more; `killed` of them had to be ended by SIGKILL. */
  | { type: 'server-gone'; at: Instant; killed: number }
  | { type: 'output'; at: Instant; stream: 'stdout' | 'stderr'; line: string }
  /** Output that came faster than anybody reads, counted instead of kept. */
  | { type: 'output-skipped'; at: Instant; bytes: number }
