import { stripVTControlCharacters } from 'node:util'
import { expect, test } from 'vitest'
import type { Event, LoadFigures, LoadPlan } from '../../src/state/event.ts'
import { clientPane } from '../../src/ui/panes/client-pane.ts'
import { sceneOf } from '../../src/ui/scene.ts'
import { figures, plan, stateAfterEach, tick } from '../state/support.ts'
import { viewOf } from './support/view.ts'

/** The pane after so many milliseconds of a load, of which this is known. */
function drawn(given: Partial<LoadPlan>, known: Partial<LoadFigures>, ...more: Event[]): string {
  const size = { width: 70, height: 14 }
  const state = stateAfterEach(
    { type: 'load-started', at: 2000, plan: { ...plan, ...given } },
    ...more,
    { type: 'load-progress', at: 2500, figures: figures({ ...known, requests: 0, succeeded: 0 }) },
    { type: 'load-progress', at: 3000, figures: figures(known) },
    tick(3000),
  )
  const lines = clientPane.draw(sceneOf(state, viewOf('prefork'), size), { x: 0, y: 0, ...size })
  return stripVTControlCharacters(lines.join('\n'))
}

test('requests a second are the figure where a connection has several', () => {
  expect(drawn({ service: 'http', requests: 10 }, { succeeded: 10, requests: 4000 })).toContain(
    '8,000 requests/s',
  )
  expect(drawn({}, { succeeded: 500, requests: 500 })).toContain('1,000 connections/s')
})

test('a load with a duration fills its bar by time', () => {
  const pane = drawn({ duration: 4000 }, { succeeded: 1234, planned: 1234 })
  expect(pane).toContain('1,234')
  expect(pane).not.toContain('1,234 /')
  expect(pane).toContain('left')
  expect(pane).toContain('for 4 s')
})

test('statuses, what was sent again and what the server speaks are shown', () => {
  const pane = drawn(
    { service: 'auto' },
    { statuses: { 200: 1200, 500: 3 }, retried: 2 },
    {
      type: 'protocol-found',
      at: 2100,
      found: { service: 'http', version: 'HTTP/1.1' },
    },
  )
  expect(pane).toContain('status 200 1,200, 500 3  2 sent again')
  expect(pane).toContain('speaks HTTP/1.1')
})

test('a server that does not close is shown to be the limit', () => {
  expect(drawn({ service: 'any', clients: 15 }, { unclosed: 3 })).toContain(
    'the server leaves open: 200 ms each, 75/s at most',
  )
})
