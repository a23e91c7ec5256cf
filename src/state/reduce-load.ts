import { failureCount } from '../select/load.ts'
import { type Draft, tell } from './draft.ts'
import type { LoadEvent, LoadFigures, LoadPlan } from './event.ts'
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
    return tell(draft, { kind: 'load', text: `load: ${describePlan(event.plan)}`, bad: false })
  }
  if (event.type === 'load-changed') {
    draft.load = { ...draft.load, plan: event.plan }
    return tell(draft, { kind: 'load', text: `load is now ${describePlan(event.plan)}`, bad: false })
  }
  const recent = [...draft.load.recent.slice(-RECENT), { at: event.at, succeeded: event.figures.succeeded }]
  draft.load = { ...draft.load, figures: event.figures, recent }
  if (event.type === 'load-progress') return
  draft.load = {
    ...draft.load,
    phase: 'ended',
    endedAt: event.at,
    stopped: event.stopped,
    error: event.error ?? null,
  }
  tell(draft, {
    kind: 'load',
    text: summary(event.figures, event),
    bad: event.error !== undefined || failureCount(event.figures.failed) > 0,
  })
}

function describePlan({ clients, connections, bytes, service, rate, think }: LoadPlan): string {
  const what = { echo: 'one echo each', any: 'one answer each', bytes: `${bytes} bytes each` }[service]
  const due = rate > 0 ? `, ${rate} due a second` : ''
  const pause = think > 0 ? `, ${think} ms between two` : ''
  return `${clients} clients × ${connections} connections, ${what}${due}${pause}`
}

function summary(figures: LoadFigures, { stopped, error }: { stopped: boolean; error?: string }): string {
  if (error) return `load failed: ${error}`
  const failed = failureCount(figures.failed)
  return `load ${stopped ? 'stopped' : 'done'}: ${figures.succeeded} succeeded${failed > 0 ? `, ${failed} failed` : ''}`
}
