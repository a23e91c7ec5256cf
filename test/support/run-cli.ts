import { type ChildProcess, spawn } from 'node:child_process'
import { randomUUID } from 'node:crypto'
import { once } from 'node:events'
import { join } from 'node:path'
import { text } from 'node:stream/consumers'
import { expect } from 'vitest'
import { RUN } from '../../src/supervise/find-run.ts'
import { findRun } from './find-run.ts'
import { node } from './node.ts'
import { root } from './root.ts'
import { until, within } from './until.ts'

export const cliPath = join(root, 'dist/cli.js')

export type Finished = { code: number | null; stdout: string; stderr: string }

export type RunningCli = {
  process: ChildProcess
  /** What everything that it starts bears in its environment. */
  run: string
  /** Resolves when it has ended; checks that it left nothing behind. */
  finished: Promise<Finished>
}

/** How long a command may take, in milliseconds of a quick machine. */
const LIMIT = 120_000

/** Starts the built program without a terminal. `before` stands before it, as in `setpriv … node dist/cli.js`. */
export function startCli(args: readonly string[], { before = [] as string[], cwd = root } = {}): RunningCli {
  const run = randomUUID()
  const [command, ...rest] = [...before, node, cliPath, ...args]
  const child = spawn(command!, rest, {
    cwd,
    stdio: ['ignore', 'pipe', 'pipe'],
    env: { ...process.env, [RUN]: run },
  })
  const finish = async () => {
    const output = Promise.all([text(child.stdout), text(child.stderr), once(child, 'exit')])
    const [stdout, stderr, [code]] = await within(LIMIT, output, `the end of ${args.join(' ')}`).finally(() =>
      child.kill('SIGKILL'),
    )
    await expectNothingLeft(run)
    return { code, stdout, stderr }
  }
  return { process: child, run, finished: finish() }
}

export function runCli(...args: string[]): Promise<Finished> {
  return startCli(args).finished
}

/** Servers, children, orphans, launchers and load workers all bear the run's id: none may be alive. */
export async function expectNothingLeft(run: string): Promise<void> {
  await until(() => findRun(run).length === 0, 'an end of all processes', 2_000).catch(() => {})
  expect(findRun(run), 'processes left behind').toEqual([])
}
