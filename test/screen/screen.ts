import { randomUUID } from 'node:crypto'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, afterEach, expect } from 'vitest'
import { Terminal, type TerminalOptions } from '../../scripts/pictures/terminal.ts'
import { packageRoot } from '../../servers/posix/native.ts'
import { RUN } from '../../src/supervise/find-run.ts'
import { findRun } from '../support/find-run.ts'
import { freePort } from '../support/free-port.ts'
import { node } from '../support/node.ts'
import { python } from '../support/python.ts'
import { until } from '../support/until.ts'
import { describe } from './family.ts'

const cli = join(packageRoot(), 'dist/cli.js')

/** How long a change on the screen may take, in milliseconds of a quick machine. */
const PATIENCE = 15_000

/** The program in a terminal. Everything that it starts bears its run id. */
export class Screen extends Terminal {
  readonly run: string
  readonly port: number

  constructor(
    command: readonly string[],
    { run, port, ...options }: TerminalOptions & { run: string; port: number },
  ) {
    super(command, { ...options, env: { ...options.env, [RUN]: run } })
    this.run = run
    this.port = port
  }

  /** As everywhere here: the limit is in milliseconds of a quick machine. The error says what the screen shows. */
  override async until<T>(
    look: (screen: string) => T | false | null,
    what: string,
    limit = PATIENCE,
  ): Promise<T> {
    try {
      return await until(() => look(this.screen()), what, limit)
    } catch (error) {
      throw new Error(`${(error as Error).message}:\n${this.screen()}`, { cause: error })
    }
  }

  /** Living processes of this run: the screen, its helpers, load workers and the server. */
  processes(): number[] {
    return findRun(this.run)
  }

  /** The same with their command lines, whose words end with a NUL. */
  commandLines(): [pid: number, line: string][] {
    return this.processes().map((pid) => [pid, commandLine(pid)])
  }

  /** Living processes of catalogue models; the launcher has the server's command line behind its own. */
  servers(): number[] {
    return this.commandLines()
      .filter(([, line]) => /^(?!.*launcher).*dist\/server\.js/.test(line))
      .map(([pid]) => pid)
  }
}

function commandLine(pid: number): string {
  try {
    return readFileSync(`/proc/${pid}/cmdline`, 'utf8')
  } catch {
    return '' // it has ended
  }
}

/**
 * A command below a shell, which tells its exit code and lives on until a line is typed: what a terminal shows last may
 * be lost when the last program in it ends, since node-pty waits only a moment for it.
 */
export function belowShell(...command: readonly string[]): string[] {
  return ['sh', '-c', '"$@"; echo "ended: $?"; read line', 'sh', ...command]
}

const open: Screen[] = []

type Opening = TerminalOptions & {
  args: readonly string[]
  /** Options of Node for this one process. */
  node?: readonly string[]
  port?: number
  /** Below a shell: see belowShell(). */
  shell?: boolean
}

/** Opens the program on a port of its own, unless one is given, and ends it after the test. */
export async function openScreen(opening: Opening): Promise<Screen> {
  return keep(await startScreen(opening))
}

async function startScreen(opening: Opening): Promise<Screen> {
  const { args, node: nodeOptions = [], port, shell = false, ...options } = opening
  const own = port ?? (await freePort())
  const dashes = args.includes('--') ? args.indexOf('--') : args.length
  const given = args.includes('--') || port !== undefined ? [] : ['--port', String(own)]
  const command = [node, ...nodeOptions, cli, ...args.slice(0, dashes), ...given, ...args.slice(dashes)]
  return new Screen(shell ? belowShell(...command) : command, { ...options, run: randomUUID(), port: own })
}

/** Ends the screen after the test. */
export function keep(screen: Screen): Screen {
  open.push(screen)
  return screen
}

/** Wide enough that no event is cut. */
const WIDE = { cols: 190, rows: 45 }

/** Opens a model, in a terminal with much room, and waits until its processes and its listener have been looked at. */
export async function openModel(...args: string[]): Promise<Screen> {
  const screen = await openScreen({ args, ...WIDE })
  await screen.shows(/● up/)
  await screen.shows(/ S [a-z]/)
  await screen.shows(/[1-9]\d* listeners? in /)
  return screen
}

/** Presses l, again if the server does not listen yet, and waits until the load runs or has run. */
export async function startLoad(screen: Screen): Promise<void> {
  screen.press('l')
  const [found] = await screen.shows(/● running|✓ done|Nothing listens yet/)
  if (!found.startsWith('Nothing')) return
  screen.press('Escape')
  await screen.hides(/Nothing listens yet/)
  return startLoad(screen)
}

/** Opens a Python server from the fixtures, which is given a port first, and waits until it listens. */
export async function openPython(file: string, ...args: string[]): Promise<Screen> {
  const port = await freePort()
  const screen = await openScreen({
    // They speak no HTTP: finding that out would be one connection more.
    args: ['--service', 'any', '--', python, fixture(file), String(port), ...args],
    port,
    ...WIDE,
  })
  await screen.shows(new RegExp(`:${port}`))
  return screen
}

export function fixture(file: string): string {
  return join(import.meta.dirname, 'fixtures', file)
}

afterEach(async () => {
  for (const screen of open.splice(0)) await end(screen)
})

/** Opens a screen once for all tests of a file, which must leave it as it was. */
export function sharedScreen(start: () => Promise<Screen>): () => Promise<Screen> {
  let screen: Promise<Screen> | null = null
  afterAll(async () => screen && end(await screen))
  return () => {
    screen ??= start().then((opened) => open.splice(open.indexOf(opened), 1)[0]!)
    return screen
  }
}

/** Ends what still runs, and checks that nothing is left of it. */
async function end(screen: Screen): Promise<void> {
  screen.press('Ctrl-C')
  const isOver = () => screen.processes().length === 0
  await until(isOver, 'the end of the screen', 5_000).catch(() => screen.kill())
  await until(isOver, 'an end of all processes', 3_000).catch(() => {})
  const left = screen.processes()
  const inWords = left.map(describe)
  for (const pid of left) process.kill(pid, 'SIGKILL')
  expect(inWords, 'processes left behind').toEqual([])
}
