import { append, type Happening } from './log.ts'
import type { Process, State } from './state.ts'

/**
 * A state in the making, for one batch of events: its collections are copied once, so that thousands of events
 * cost one copy. Only the reducer sees it.
 */
export type Draft = {
  -readonly [K in keyof State]: State[K]
} & {
  ended: number[]
  processes: Map<number, Process>
  threads: Map<number, State['threads'] extends ReadonlyMap<number, infer T> ? T : never>
  signals: Map<string, State['signals'] extends ReadonlyMap<string, infer T> ? T : never>
}

export function draftOf(state: State): Draft {
  return {
    ...state,
    ended: [...state.ended],
    processes: new Map(state.processes),
    threads: new Map(state.threads),
    signals: new Map(state.signals),
  }
}

/** Appends to the log of the draft. */
export function tell(draft: Draft, what: Happening, count = 1): void {
  draft.log = append(draft.log, draft.now, what, count)
}
