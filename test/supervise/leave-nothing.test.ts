import { type ChildProcess, spawn } from 'node:child_process'
import { randomUUID } from 'node:crypto'
import { readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { afterEach, describe, expect, test } from 'vitest'
import { RUN } from '../../src/supervise/find-run.ts'
import { amount } from '../support/calibration.ts'
import { findRun } from '../support/find-run.ts'
import { stubborn } from './stubborn.ts'
import { python, Story, shell, until, within } from './support.ts'

/** How long the end of everything may take on a quick machine, in milliseconds. */
const LIMIT = 2_000

const CHILDREN = amount(2_000)

describe.each(Object.entries(stubborn))('a server that %s', (_, script) => {
  test('is gone when it is stopped', async () => {
    const { server, story } = await python(script)
    await story.line('ready')
    await within(LIMIT, server.stop(), 'the stop')
    expect(story.all('server-gone')[0]!.killed).toBeGreaterThan(0)
    expect(findRun(server.run)).toEqual([])
  })

  test('is gone when the screen is killed', async () => {
    const screen = await startScreen('python3', '-c', script)
    await screen.story.line('ready')
    screen.process.kill('SIGKILL')
    await screen.empty(LIMIT)
  })
})

test('a server whose screen was killed can still end in its own way', async () => {
  const mark = join(tmpdir(), `csdesign-test-${randomUUID()}`)
  const screen = await startScreen(
    'python3',
    '-c',
    `
import signal, sys
def end(*_):
  open('${mark}', 'w').write('bye')
  sys.exit(0)
signal.signal(signal.SIGTERM, end)
print('ready', flush=True)
while True: signal.pause()`,
  )
  await screen.story.line('ready')
  screen.process.kill('SIGKILL')
  await screen.empty()
  expect(readFileSync(mark, 'utf8')).toBe('bye')
  rmSync(mark)
})

test(`${CHILDREN} children are gone within two seconds of a quick machine, each of them told`, async () => {
  const { server, story } = await python(`
import os, signal
signal.signal(signal.SIGTERM, signal.SIG_IGN)
for i in range(${CHILDREN}):
  if os.fork() == 0:
    while True: signal.pause()
print('ready', flush=True)
signal.pause()`)
  await story.line('ready')
  process.kill(server.launcher!, 'SIGTERM')
  await within(LIMIT, server.gone, 'the end')
  expect(story.all('server-gone')).toMatchObject([{ killed: CHILDREN + 1 }])
  expect(new Set(story.all('reaped').map(({ pid }) => pid)).size).toBe(CHILDREN)
})

test.each(['SIGINT', 'SIGHUP', 'SIGQUIT', 'SIGTSTP', 'SIGPIPE', 'SIGUSR1'])(
  'a launcher lives on at %s',
  async (signal) => {
    const { server, story } = await shell('echo ready; exec sleep 60')
    await story.line('ready')
    process.kill(server.launcher!, signal)
    await server.stop()
    expect(story.all('server-ended')).toMatchObject([{ ending: { signal: 'SIGTERM' } }])
  },
)

describe.each(Object.entries(stubborn))('a server that %s', (_, script) => {
  const killed: [string, (launcher: number) => number][] = [
    ['the launcher', (launcher) => launcher],
    ['its keeper', parentOf],
    ['both', (launcher) => -parentOf(launcher)],
  ]
  test.each(killed)('is gone when %s is killed', async (_, whom) => {
    const { server, story } = await python(script)
    await story.line('ready')
    process.kill(whom(server.launcher!), 'SIGKILL')
    await within(LIMIT, server.gone, 'the end')
    expect(story.all('server-gone')).toHaveLength(1)
    expect(findRun(server.run)).toEqual([])
  })
})

test('when the launcher is killed its keeper reaps what it leaves, and the end of the server is told', async () => {
  const { server, story } = await python(stubborn['has children in sessions of their own'])
  await story.line('ready')
  const keeper = parentOf(server.launcher!)
  process.kill(server.launcher!, 'SIGKILL')
  await server.gone
  expect(story.all('server-ended')).toMatchObject([{ pid: server.pid, ending: { signal: 'SIGKILL' } }])
  expect(story.all('reaped')).toHaveLength(5)
  for (const reaped of story.all('reaped')) expect(reaped.by).toBe(keeper)
})

function parentOf(pid: number): number {
  return Number(readFileSync(`/proc/${pid}/stat`, 'utf8').split(' ')[3])
}

type Screen = { process: ChildProcess; story: Story; empty(limit?: number): Promise<unknown> }
const screens: Screen[] = []

/** Starts another process that starts the server, so that it can be killed. */
async function startScreen(...command: string[]): Promise<Screen> {
  const run = randomUUID()
  const story = new Story()
  const program = `${import.meta.dirname}/stand-in-screen.ts`
  const child = spawn(process.execPath, ['--import', 'tsx', program, ...command], {
    stdio: ['ignore', 'pipe', 'inherit'],
    env: { ...process.env, [RUN]: run },
  })
  createInterface({ input: child.stdout }).on('line', (line) => story.emit(JSON.parse(line)))
  const empty = (limit?: number) => until(() => findRun(run).length === 0, 'an empty process table', limit)
  screens.push({ process: child, story, empty })
  return screens.at(-1)!
}

afterEach(async () => {
  for (const screen of screens.splice(0)) {
    screen.process.kill('SIGKILL')
    await screen.empty()
  }
})
