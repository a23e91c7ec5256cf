import { unreachable } from '../unreachable.ts'
import { failureCount } from './counts.ts'
import type { Draft } from './draft.ts'
import type { FoundProtocol, Instant, LoadEvent, LoadFigures } from './event.ts'
import { tell } from './log.ts'
import { markLoadBegin } from './served.ts'
import { initialState, type Load } from './state.ts'

/** Reports kept for the momentary rate: one second of them. */
const RECENT = 10

export function reduceLoad(draft: Draft, event: LoadEvent): void {
  switch (event.type) {
    case 'load-started':
      beginLoad(draft, event.at, { plan: event.plan })
      return tell(draft, { kind: 'load-started', plan: event.plan })
    case 'load-changed':
      draft.load = { ...draft.load, plan: event.plan }
      return tell(draft, { kind: 'load-changed', plan: event.plan })
    case 'protocol-found':
      return find(draft, event.found)
    case 'load-progress':
      return takeFigures(draft, event.at, event.figures)
    case 'load-ended': {
      const { at, figures, stopped, error = null } = event
      takeFigures(draft, at, figures)
      draft.load = { ...draft.load, phase: 'ended', endedAt: at, stopped, error }
      const failed = failureCount(figures.failed)
      return tell(draft, { kind: 'load-ended', succeeded: figures.succeeded, failed, stopped, error })
    }
    default:
      return unreachable(event)
  }
}

/** Begins a load anew, by clients of ours or by a generator; what those before it came to is kept as sums. */
export function beginLoad(draft: Draft, at: Instant, what: Partial<Pick<Load, 'plan' | 'generator'>>): void {
  const { before, figures } = draft.load
  draft.load = {
    ...initialState.load,
    ...what,
    phase: 'running',
    startedAt: at,
    before: {
      established: before.established + figures.connects,
      refused: before.refused + figures.refused,
    },
  }
  markLoadBegin(draft, at)
}

function find(draft: Draft, found: FoundProtocol): void {
  const { plan } = draft.load
  draft.load = { ...draft.load, found, plan: plan && { ...plan, service: found.service } }
  tell(draft, { kind: 'protocol-found', found })
}

function takeFigures(draft: Draft, at: Instant, figures: LoadFigures): void {
  const { succeeded, requests } = figures
  const recent = [...draft.load.recent.slice(-RECENT), { at, succeeded, requests }]
  draft.load = { ...draft.load, figures, recent }
}
