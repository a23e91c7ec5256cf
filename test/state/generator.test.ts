import { expect, test } from 'vitest'
import { describeEvent } from '../../src/report/describe-event.ts'
import { generatorText } from '../../src/report/generator-text.ts'
import { loadReport } from '../../src/report/load-json.ts'
import { balanceOf } from '../../src/select/balance.ts'
import { isLoadComplete } from '../../src/select/load.ts'
import type { Event } from '../../src/state/event.ts'
import type { State } from '../../src/state/state.ts'
import { counted, counter, figures, plan, SERVER, stateAfter, tick } from './support.ts'

const generator = { command: ['wrk', '-H', 'A: b', 'http://127.0.0.1:2000/'], host: '127.0.0.1', port: 2000 }
const started: Event = { type: 'generator-started', at: 1100, plan: generator }
const said = (line: string, at = 1200): Event => ({ type: 'generator-output', at, line })
const ended = (given: Partial<Extract<Event, { type: 'generator-ended' }>> = {}): Event => ({
  type: 'generator-ended',
  at: 3100,
  ending: { code: 0 },
  stopped: false,
  ...given,
})

const latest = (state: State) => describeEvent(state.log.entries.at(-1)!, state)

test('its last hundred lines are kept', () => {
  const lines = Array.from({ length: 150 }, (_, i) => `line ${i}`)
  const { load } = stateAfter(started, ...lines.map((line) => said(line)))
  expect(load).toMatchObject({ phase: 'running', plan: null, startedAt: 1100 })
  expect(load.generator!.output).toEqual(lines.slice(-100))
})

test('one that ended with 0 did what was asked of it; one that failed or was stopped did not', () => {
  const after = (event: Event) => stateAfter(started, event)
  const outcomes = [
    after(ended()),
    after(ended({ ending: { code: 1 } })),
    after(ended({ ending: { signal: 'SIGSEGV' } })),
    after(ended({ ending: null, error: 'wrk: command not found.' })),
    after(ended({ ending: { signal: 'SIGINT' }, stopped: true })),
  ]
  expect(outcomes.map(({ load }) => isLoadComplete(load))).toEqual([true, false, false, false, false])
  expect(outcomes.map(latest)).toEqual([
    { text: 'load done: exit code 0', tone: 'plain' },
    { text: 'load done: exit code 1', tone: 'bad' },
    { text: 'load done: ended by SIGSEGV', tone: 'bad' },
    { text: 'load failed: wrk: command not found.', tone: 'bad' },
    { text: 'load stopped: ended by SIGINT', tone: 'plain' },
  ])
})

test('its connections are those of others, exactly, also while it runs', () => {
  const loaded = stateAfter(started, counted(1200, counter(SERVER, { accepts: 120 })), tick(1300))
  expect(balanceOf(loaded)).toMatchObject({ connects: 0, others: 120, accepts: 120, verdict: 'others' })
})

test('our clients after it are told from it, and it from our clients before', () => {
  const state = stateAfter(
    { type: 'load-started', at: 1010, plan },
    { type: 'load-ended', at: 1050, figures: figures({ connects: 10, succeeded: 10 }), stopped: false },
    started,
    counted(1200, counter(SERVER, { accepts: 30 })),
    tick(1300),
    ended(),
    { type: 'load-started', at: 4000, plan },
    counted(4100, counter(SERVER, { accepts: 5 })),
    { type: 'load-ended', at: 4200, figures: figures({ connects: 5, succeeded: 5 }), stopped: false },
    tick(6000),
  )
  expect(state.load.generator).toBeNull()
  expect(balanceOf(state)).toMatchObject({ connects: 15, others: 20, accepts: 35, missing: -20 })
})

test('of what only our clients know nothing is reported, and nothing is 0', () => {
  const report = loadReport(stateAfter(started, said('9 requests'), ended()))
  const { generator: told, stopped, error, ...rest } = report
  expect(told).toEqual({ command: generator.command, exit: 'exit code 0', lines: ['9 requests'] })
  expect([stopped, error]).toEqual([false, null])
  expect(Object.values(rest).every((figure) => figure === null)).toBe(true)
  expect(Object.keys(rest)).toContain('latency')
})

test('the text shows what it printed, and where requests and latencies are to be found', () => {
  const { load } = stateAfter(started, said('9 requests'), said(''), ended())
  expect(generatorText(load, load.generator!)).toBe(
    [
      "load by wrk -H 'A: b' http://127.0.0.1:2000/",
      '  9 requests',
      'exit code 0 after 2.00 s; requests and latencies: see its own output',
    ].join('\n'),
  )
})

test('a server that was loaded well and accepted nothing that is seen, accepts where nobody sees it', () => {
  const quiet = stateAfter(started, { type: 'source', at: 1150, source: 'probe', failure: null }, ended())
  expect(balanceOf(quiet)).toMatchObject({ accepts: null, verdict: 'not seen' })
})
