import { failureCount } from '../select/load.ts'
import { type Draft, tell } from './draft.ts'
import type { FoundProtocol, LoadEvent, LoadFigures, LoadPlan } from './event.ts'
import { initialState, noFigures } from './state.ts'

/** Reports kept for the momentary rate: one second of them. */
const RECENT = 10

export function reduceLoad(draft: Draft, event: LoadEvent): void {
  switch (event.type) {
    case 'load-started':
      return start(draft, event)
    case 'load-changed':
      draft.load = { ...draft.load, plan: event.plan }
      return tell(draft, { kind: 'load', text: `load is now ${describePlan(event.plan)}`, bad: false })
    case 'protocol-found':
      return find(draft, event.found)
    case 'load-progress':
      return takeFigures(draft, event)
    case 'load-ended':
      takeFigures(draft, event)
      return end(draft, event)
    default:
      event satisfies never
  }
}

function start(draft: Draft, { at, plan }: Of<'load-started'>): void {
  const { before, figures } = draft.load
  draft.load = {
    ...initialState.load,
    phase: 'running',
    plan,
    figures: noFigures,
    startedAt: at,
    before: {
      established: before.established + figures.connects,
      refused: before.refused + figures.refused,
    },
  }
  tell(draft, { kind: 'load', text: `load: ${describePlan(plan)}`, bad: false })
}

function find(draft: Draft, found: FoundProtocol): void {
  const { plan } = draft.load
  draft.load = { ...draft.load, found, plan: plan && { ...plan, service: found.service } }
  tell(draft, { kind: 'load', text: `the server ${describeFound(found)}`, bad: false })
}

function takeFigures(draft: Draft, { at, figures }: Of<'load-progress' | 'load-ended'>): void {
  const { succeeded, requests } = figures
  const recent = [...draft.load.recent.slice(-RECENT), { at, succeeded, requests }]
  draft.load = { ...draft.load, figures, recent }
}

function end(draft: Draft, event: Of<'load-ended'>): void {
  const { at, figures, stopped, error } = event
  draft.load = { ...draft.load, phase: 'ended', endedAt: at, stopped, error: error ?? null }
  tell(draft, {
    kind: 'load',
    text: summary(figures, event),
    bad: error !== undefined || failureCount(figures.failed) > 0,
  })
}

type Of<Type extends LoadEvent['type']> = Extract<LoadEvent, { type: Type }>

function describePlan(plan: LoadPlan): string {
  const { clients, connections, duration, requests, rate, think } = plan
  const amount = duration === null ? `${connections} connections` : `for ${duration / 1000} s`
  const each = requests > 1 ? `${requests} requests each, ` : ''
  const due = rate > 0 ? `, ${rate} due a second` : ''
  const pause = think > 0 ? `, ${think} ms between two` : ''
  return `${clients} clients ${duration === null ? '× ' : ''}${amount}, ${each}${describeRequest(plan)}${due}${pause}`
}

function describeRequest({ service, bytes, http }: LoadPlan): string {
  switch (service) {
    case 'bytes':
      return `${bytes} bytes each`
    case 'echo':
      return 'one echo each'
    case 'any':
      return 'one answer each'
    case 'http':
      return `${http.method} ${http.path.replaceAll('{bytes}', String(bytes))}`
    case 'auto':
      return 'HTTP if the server speaks it'
    default:
      return service satisfies never
  }
}

/** What the server speaks, behind its name. */
export function describeFound(found: FoundProtocol): string {
  return found.service === 'http' ? `speaks ${found.version}` : 'speaks no HTTP: any answer counts'
}

function summary(figures: LoadFigures, { stopped, error }: { stopped: boolean; error?: string }): string {
  if (error) return `load failed: ${error}`
  const failed = failureCount(figures.failed)
  return `load ${stopped ? 'stopped' : 'done'}: ${figures.succeeded} succeeded${failed > 0 ? `, ${failed} failed` : ''}`
}
