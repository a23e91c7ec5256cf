import type { App } from '../control/app.ts'
import type { KeyContext } from './key-context.ts'

/** What a key does. */
export type Command<Id extends string = string> = {
  /** Unique in its context. */
  id: Id
  context: KeyContext | 'everywhere'
  keys: readonly string[]
  /** How the key is written in the help and in the line of keys. */
  shows: string
  help: string
  /** A word for the line of keys; those without one stand only in the help. */
  hint?: string
  /** Where there is little room the line of keys does without it: first without those of the highest number. */
  spare?: 1 | 2 | 3
  run(app: App): void
}

export function command<const Id extends string>(given: Command<Id>): Command<Id> {
  return given
}
