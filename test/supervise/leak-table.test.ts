import { type ChildProcess, spawn } from 'node:child_process'
import { readFileSync } from 'node:fs'
import { createInterface } from 'node:readline'
import { afterEach, beforeAll, describe, expect, test } from 'vitest'
import { listDescendants } from '../../src/observe/list-children.ts'
import { parseStat } from '../../src/observe/proc-stat.ts'
import { bundle } from '../support/bundle.ts'
import { node } from '../support/node.ts'
import { python } from '../support/python.ts'
import { evasive } from './evasive.ts'
import { Story, until } from './support.ts'

/** How long the end of everything may take on a quick machine, in milliseconds. */
const LIMIT = 2_000

/** What becomes of the three that stand above a server: `screen` is the program with the terminal. */
const fates: Record<string, (above: Above) => void> = {
  'the screen is killed': ({ screen }) => kill(screen),
  'the launcher is killed': ({ launcher }) => kill(launcher),
  'the keeper is killed': ({ keeper }) => kill(keeper),
  'screen and launcher are killed': ({ screen, launcher }) => killTogether(screen, () => kill(launcher)),
  'screen and keeper are killed': ({ screen, keeper }) => killTogether(screen, () => kill(keeper)),
  'launcher and keeper are killed': (above) => killBoth(above),
  'all three are killed': (above) => killTogether(above.screen, () => killBoth(above)),
  'the screen is stopped, then killed': ({ screen }) => stopThenKill(screen, screen),
  'the launcher is stopped, then the screen killed': ({ screen, launcher }) => stopThenKill(launcher, screen),
  'the keeper is stopped, then the screen killed': ({ screen, keeper }) => stopThenKill(keeper, screen),
}

/** Where something may be left without --contain: docs/limits.md says the same. */
const leaks = new Set(['all three are killed'])

describe.each(Object.entries(evasive))('of a server that %s', (_, script) => {
  for (const contain of [false, true])
    test.each(Object.entries(fates))(
      `${contain ? 'with --contain ' : ''}nothing is left when %s`,
      async (fate, strike) => {
        const { above, processes } = await startSession(script, { contain })
        strike(above)
        if (!contain && leaks.has(fate)) {
          await until(() => !isThere(processes.get(above.server)!), 'the end of the first process', LIMIT)
          expect(living(processes, above), 'as documented').toHaveLength(2)
        } else await until(() => living(processes, above).length === 0, 'an end of all', LIMIT)
      },
    )
})

type Above = { screen: number; keeper: number; launcher: number; server: number }
type Found = { pid: number; startTicks: number }

let program = ''
beforeAll(async () => {
  program = await bundle('test/supervise/stand-in-session.ts')
})

const screens: ChildProcess[] = []
const started: Found[] = []

/** Starts a screen that starts a server, and finds all processes that there are then. */
async function startSession(script: string, { contain }: { contain: boolean }) {
  const story = new Story()
  const how = contain ? 'contain' : ''
  const child = spawn(node, [program, how, python, '-c', script], { stdio: ['ignore', 'pipe', 'inherit'] })
  screens.push(child)
  createInterface({ input: child.stdout }).on('line', (line) => story.emit(JSON.parse(line)))
  await until(() => {
    if (child.exitCode !== null) throw new Error('the screen ended by itself')
    return story.all('server-started').length > 0
  }, 'a server')
  const { pid: server, launcher } = await story.first('server-started')
  await story.line('ready')
  const processes = new Map([child.pid!, ...listDescendants(child.pid!)].map((pid) => [pid, look(pid)!]))
  started.push(...processes.values())
  const above = { screen: child.pid!, keeper: parentOf(launcher), launcher, server }
  return { above, processes }
}

/** Which of the processes are left; the screen ends by itself only in its last line. */
function living(processes: ReadonlyMap<number, Found>, { screen }: Above): Found[] {
  return [...processes.values()].filter((found) => found.pid !== screen && isThere(found))
}

function kill(pid: number): void {
  process.kill(pid, 'SIGKILL')
}

/** The screen must not have the time to do something about the end of the others. */
function killTogether(screen: number, killOthers: () => void): void {
  process.kill(screen, 'SIGSTOP')
  killOthers()
  kill(screen)
}

/** In one call where they are in one group, so that neither can do something about the end of the other. */
function killBoth({ keeper, launcher }: Above): void {
  kill(-keeper)
  if (isThere(look(launcher))) kill(launcher)
}

function stopThenKill(stopped: number, killed: number): void {
  process.kill(stopped, 'SIGSTOP')
  kill(killed)
}

function look(pid: number): Found | null {
  try {
    const { startTime, state, threads } = parseStat(readFileSync(`/proc/${pid}/stat`, 'utf8'))
    return state === 'Z' && threads <= 1 ? null : { pid, startTicks: startTime }
  } catch {
    return null
  }
}

function isThere(found: Found | null): boolean {
  return found !== null && look(found.pid)?.startTicks === found.startTicks
}

function parentOf(pid: number): number {
  return parseStat(readFileSync(`/proc/${pid}/stat`, 'utf8')).parent
}

afterEach(async () => {
  for (const screen of screens.splice(0)) screen.kill('SIGKILL')
  for (const found of started) if (isThere(found)) kill(found.pid)
  await until(() => !started.some(isThere), 'an empty process table')
  started.length = 0
})
