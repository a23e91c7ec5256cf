import { afterEach, describe, expect, test } from 'vitest'
import type { GeneratorEvent } from '../../src/state/event.ts'
import { type RunningGenerator, startGenerator } from '../../src/supervise/start-generator.ts'
import { findRun } from '../support/find-run.ts'
import { stubborn } from './stubborn.ts'
import { until, within } from './support.ts'

/** How long its end may take on a quick machine, in milliseconds. */
const LIMIT = 3_000

type Told = { events: GeneratorEvent[]; lines: () => string[]; load: RunningGenerator }
const started: RunningGenerator[] = []

function start(...command: string[]): Told {
  const events: GeneratorEvent[] = []
  const plan = { command, host: '127.0.0.1', port: 2000 }
  const load = startGenerator(plan, import.meta.dirname, (event) => void events.push(event))
  started.push(load)
  const lines = () => events.flatMap((event) => (event.type === 'generator-output' ? [event.line] : []))
  return { events, lines, load }
}

const shell = (script: string) => start('sh', '-c', script)

afterEach(async () => {
  for (const load of started.splice(0)) {
    await load.stop()
    expect(findRun(load.run)).toEqual([])
  }
})

test('its lines are told, and how it ended last of all', async () => {
  const { events, lines, load } = shell('echo one; echo two; exit 3')
  await load.done
  expect(lines()).toEqual(['one', 'two'])
  expect(events[0]).toMatchObject({ type: 'generator-started', plan: { port: 2000 } })
  expect(events.at(-1)).toMatchObject({ type: 'generator-ended', ending: { code: 3 }, stopped: false })
  expect(events.map(({ at }) => at)).toEqual(events.map(({ at }) => at).sort((a, b) => a - b))
  await load.stop()
  expect(events.filter(({ type }) => type === 'generator-ended')).toHaveLength(1)
})

test('a summary after a flood of lines is kept', async () => {
  const { lines, load } = shell('seq 1000000; echo the sum')
  await load.done
  expect(lines().at(-1)).toBe('the sum')
})

test('a command that is not there is a failure, in a sentence', async () => {
  const { events, load } = start('./no-such-generator')
  await load.done
  expect(events.at(-1)).toMatchObject({
    type: 'generator-ended',
    ending: null,
    stopped: false,
    error: './no-such-generator: no such file: check the path.',
  })
})

test('one that is stopped can sum up first, in the processes that it started, too', async () => {
  const python =
    'import signal, sys\nprint("ready", flush=True)\ntry: signal.pause()\nexcept KeyboardInterrupt: print("the sum")'
  const { events, lines, load } = shell(`python3 -c '${python}'; exit 0`)
  await until(() => lines().includes('ready'), 'the start')
  await within(LIMIT, load.stop(), 'the end')
  expect(lines()).toEqual(['ready', 'the sum'])
  expect(events.at(-1)).toMatchObject({ stopped: true })
})

test('one that is stopped before it runs ends, too', async () => {
  const { events, load } = shell('exec sleep 60')
  await within(LIMIT, load.stop(), 'the end')
  expect(events.at(-1)).toMatchObject({
    type: 'generator-ended',
    stopped: true,
    ending: { signal: 'SIGINT' },
  })
})

test('it has not ended while a process of it goes on', async () => {
  const { events, lines, load } = shell('(echo child; exec sleep 60) & echo parent; exit 0')
  await until(() => lines().length === 2, 'both lines')
  expect(events.at(-1)!.type).not.toBe('generator-ended')
  await within(LIMIT, load.stop(), 'the end')
  expect(events.at(-1)).toMatchObject({ ending: { code: 0 }, stopped: true })
})

describe.each(Object.entries(stubborn))('a generator that %s', (_, script) => {
  test('is gone when it is stopped', async () => {
    const { lines, load } = start('python3', '-c', script)
    await until(() => lines().includes('ready'), 'the start')
    await within(LIMIT, load.stop(), 'the end')
    expect(findRun(load.run)).toEqual([])
  })
})
