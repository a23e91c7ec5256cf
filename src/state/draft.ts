import type { State } from './state.ts'

/** The collections of a state, as they are while it is being made. */
type Collections = {
  processes: Map<number, MapValue<'processes'>>
  signals: Map<string, MapValue<'signals'>>
  lastSenders: Map<string, string>
  exits: Map<string, MapValue<'exits'>>
  ended: number[]
}

type MapValue<Name extends keyof State> =
  State[Name] extends ReadonlyMap<infer _, infer Value> ? Value : never

/**
 * A state in the making, for one batch of events. Fields are set as they are; a collection is copied when it is
 * first written, so that thousands of events cost one copy, and none what they leave alone. Only the reducer sees it.
 */
export type Draft = { -readonly [K in keyof State]: State[K] } & {
  /** The collection, to be written to. */
  readonly edit: <Name extends keyof Collections>(name: Name) => Collections[Name]
}

export function draftOf(state: State): Draft {
  const copied = new Set<string>()
  const draft: Draft = {
    ...state,
    edit(name) {
      if (!copied.has(name)) {
        const collection: unknown = draft[name]
        Object.assign(draft, {
          [name]: Array.isArray(collection) ? [...collection] : new Map(collection as Map<unknown, unknown>),
        })
        copied.add(name)
      }
      return draft[name] as never
    },
  }
  return draft
}

/** The state that the draft has become. */
export function stateOf({ edit, ...state }: Draft): State {
  return state
}
