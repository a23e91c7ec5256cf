import type { Duration } from '../state/event.ts'

/** What an option's value may be. */
export type Kind =
  | { kind: 'number'; from: number; to: number; unit?: 'bytes' | 'ms' | 's' }
  | { kind: 'duration'; from: Duration; to: Duration }
  | { kind: 'choice'; choices: readonly string[] }
  | { kind: 'host' }
  | { kind: 'service' }
  | { kind: 'signal' }
  | { kind: 'timed-signal' }
  /** The check throws what is allowed, as the end of the sentence "--option takes …". */
  | { kind: 'text'; check?: (text: string) => void }
  | { kind: 'path' }
  | { kind: 'flag' }

export type Option = Kind & {
  /** Which of the groups of options it belongs to: commands take whole groups. */
  group: string
  short?: string
  /** How it is spelled behind `--`, where that is not its name: two commands may mean different things by it. */
  flag?: string
  /** What stands for its value in help and documents. */
  value?: string
  /** May be given several times; its value is a list. */
  repeatable?: true
  default: string | number | boolean | readonly string[] | null
  help: string
}

/** A signal that is sent while a load runs, so long after it began. */
export type TimedSignal = {
  signal: NodeJS.Signals
  after: Duration
  /** The server's first process, or all its children that live by then. */
  to: 'server' | 'workers'
}

type Single<O> = O extends { kind: 'number' | 'duration' }
  ? number
  : O extends { kind: 'choice'; choices: readonly (infer Choice)[] }
    ? Choice
    : O extends { kind: 'flag' }
      ? boolean
      : O extends { kind: 'signal' }
        ? NodeJS.Signals
        : O extends { kind: 'timed-signal' }
          ? TimedSignal
          : string

/** The type of an option's value, as its row in the table says. */
export type ValueOf<O> = O extends { repeatable: true }
  ? readonly Single<O>[]
  : O extends { default: null }
    ? Single<O> | null
    : Single<O>
