import { expect, test } from 'vitest'
import { describeEvent } from '../../src/report/describe-event.ts'
import { loadLine } from '../../src/report/load-text.ts'
import type { FoundProtocol, LoadFigures, LoadPlan } from '../../src/state/event.ts'
import type { State } from '../../src/state/state.ts'
import { figures, plan, stateAfter } from '../state/support.ts'

const http = { ...plan, service: 'http', requests: 10 } as const

/** A load that ended with these figures. */
const after = (given: Partial<LoadFigures>, of: LoadPlan = http, found: FoundProtocol | null = null): State =>
  stateAfter(
    { type: 'load-started', at: 1100, plan: of },
    ...(found ? [{ type: 'protocol-found', at: 1150, found } as const] : []),
    { type: 'load-ended', at: 3100, figures: figures({ elapsed: 2000, ...given }), stopped: false },
  )

const told = (...given: Parameters<typeof after>) => loadLine(after(...given)).split('\n')

test('requests are told beside connections where there are several on each', () => {
  const [, second] = told({ succeeded: 1500, requests: 15_000, bytes: 9_000_000 })
  expect(second).toBe('9.0 MB in 2.00 s: 750 connections/s, 7,500 requests/s (15,000 answered)')
  expect(told({ succeeded: 1500, requests: 1500 }, plan)[1]).toBe('0 B in 2.00 s: 750 connections/s')
})

test('statuses are told, the most frequent first, and what was sent again', () => {
  expect(told({ requests: 1210, statuses: { 404: 10, 200: 1200 }, retried: 3 }).slice(2)).toEqual([
    'status 200 1,200, 404 10',
    '3 requests sent again on a new connection',
  ])
})

test('a server that leaves connections open is told to be the limit that it is', () => {
  expect(told({ succeeded: 100, unclosed: 90 }, { ...plan, service: 'any' }).at(-1)).toBe(
    'The server left 90 connections open after its answer: each waited 200 ms for its close, so 75 connections/s are the most.',
  )
})

test.each<[FoundProtocol, string]>([
  [{ service: 'http', version: 'HTTP/1.1' }, 'speaks HTTP/1.1'],
  [{ service: 'any', version: null }, 'speaks no HTTP: any answer counts'],
])('what was found is told, and the load goes on by it: %j', (found, words) => {
  const state = after({}, { ...plan, service: 'auto' }, found)
  expect(loadLine(state).split('\n').at(-1)).toBe(`The server ${words}.`)
  expect(state.load).toMatchObject({ found, plan: { service: found.service } })
  const events = state.log.entries.map((entry) => describeEvent(entry, state).text)
  expect(events).toContain(`the server ${words}`)
})

test.each<[Partial<LoadPlan>, string]>([
  [{ service: 'bytes' }, '15 clients × 100 connections, 4096 bytes each'],
  [{ service: 'echo', requests: 3 }, '15 clients × 100 connections, 3 requests each, one echo each'],
  [{ service: 'any', think: 5 }, '15 clients × 100 connections, one answer each, 5 ms between two'],
  [{ service: 'http', duration: 2500 }, '15 clients for 2.5 s, GET /'],
  [
    { service: 'http', http: { ...plan.http, path: '/bytes/{bytes}' }, rate: 9 },
    '15 clients × 100 connections, GET /bytes/4096, 9 due a second',
  ],
  [{ service: 'auto' }, '15 clients × 100 connections, HTTP if the server speaks it'],
])('a load is described: %j', (given, words) => {
  const state = stateAfter({ type: 'load-started', at: 1100, plan: { ...plan, ...given } })
  expect(describeEvent(state.log.entries.at(-1)!, state).text).toBe(`load: ${words}`)
})
