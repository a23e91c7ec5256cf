import { stripVTControlCharacters } from 'node:util'
import { describe, expect, test } from 'vitest'
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

describe('a load generator in the place of our clients', () => {
  const generator = { command: ['wrk', '-c', '50', 'http://127.0.0.1:2000/'], host: '127.0.0.1', port: 2000 }
  const started: Event = { type: 'generator-started', at: 2000, plan: generator }
  const said = (line: string): Event => ({ type: 'generator-output', at: 2500, line })
  const ended = (code: number): Event => ({
    type: 'generator-ended',
    at: 4000,
    ending: { code },
    stopped: false,
  })

  function drawnAfter(...events: Event[]): string[] {
    const size = { width: 60, height: 9 }
    const view = { ...viewOf('prefork'), generator: 'wrk -c 50 http://{host}:{port}/' }
    const scene = sceneOf(stateAfterEach(...events), view, size)
    const lines = clientPane.draw(scene, { x: 0, y: 0, ...size })
    return lines.map((line) => stripVTControlCharacters(line).replace(/^│ | *│$/g, ''))
  }

  test('is shown as it was given before it runs', () => {
    const lines = drawnAfter(tick(2000))
    expect(lines[1]).toBe('wrk -c 50 http://{host}:{port}/')
    expect(lines.join()).not.toContain('clients 15')
  })

  test('says for how long it runs, and the lines that it printed last', () => {
    const lines = drawnAfter(started, ...['one', '', 'two', 'three', 'four', 'five'].map(said), tick(7000))
    expect(lines[0]).toContain('● running')
    expect(lines.slice(1, -1)).toEqual([
      'wrk -c 50 http://127.0.0.1:2000/',
      'runs for 00:05',
      'requests and latencies: see its own output',
      'two',
      'three',
      'four',
      'five',
    ])
  })

  test('has done what was asked of it, or has failed, by its exit code', () => {
    expect(drawnAfter(started, ended(0))[0]).toContain('✓ done')
    const failed = drawnAfter(started, said('no luck'), ended(1))
    expect(failed[0]).toContain('✗ failed')
    expect(failed.slice(2, 5)).toEqual([
      'exit code 1 after 2.00 s',
      'requests and latencies: see its own output',
      'no luck',
    ])
  })
})
