import { failureCount } from './counts.ts'
import type { Draft } from './draft.ts'
import type { LoadEvent } from './event.ts'
import { tell } from './log.ts'
import { initialState, noFigures } from './state.ts'

/** Reports kept for the momentary rate: one second of them. */
const RECENT = 10

export function reduceLoad(draft: Draft, event: LoadEvent): void {
  if (event.type === 'load-started') {
    const { before, figures } = draft.load
    draft.load = {
      ...initialState.load,
      phase: 'running',
      plan: event.plan,
      figures: noFigures,
      startedAt: event.at,
      before: {
        established: before.established + figures.connects,
        refused: before.refused + figures.refused,
      },
    }
    return tell(draft, { kind: 'load-started', plan: event.plan })
  }
  if (event.type === 'load-changed') {
    draft.load = { ...draft.load, plan: event.plan }
    return tell(draft, { kind: 'load-changed', plan: event.plan })
  }
  const { figures } = event
  const recent = [...draft.load.recent.slice(-RECENT), { at: event.at, succeeded: figures.succeeded }]
  draft.load = { ...draft.load, figures, recent }
  if (event.type === 'load-progress') return
  const { stopped, error = null } = event
  draft.load = { ...draft.load, phase: 'ended', endedAt: event.at, stopped, error }
  const failed = failureCount(figures.failed)
  tell(draft, { kind: 'load-ended', succeeded: figures.succeeded, failed, stopped, error })
}
