import { type ChildProcess, spawn } from 'node:child_process'
import { randomUUID } from 'node:crypto'
import { once } from 'node:events'
import { afterEach } from 'vitest'
import { RUN } from '../../src/supervise/find-run.ts'
import { findRun } from './find-run.ts'
import { python } from './python.ts'
import { until } from './until.ts'

export type Program = {
  process: ChildProcess
  pid: number
  /** What it and all that come of it bear in their environment. */
  run: string
  /** What it has written so far. */
  output(): string
  errors(): string
  /** Resolves to its exit code, or null, when it and all who share its output have ended. */
  ended: Promise<number | null>
}

const programs: Program[] = []

/** Starts a program; when the test is over, all that is left of it is killed. */
export function startProgram(command: string, args: string[], env: Record<string, string> = {}): Program {
  const program = launchProgram(command, args, env)
  programs.push(program)
  return program
}

/** Starts a program that whoever calls this has to end. */
export function launchProgram(command: string, args: string[], env: Record<string, string> = {}): Program {
  const run = randomUUID()
  const child = spawn(command, args, {
    stdio: ['pipe', 'pipe', 'pipe'],
    env: { ...process.env, ...env, [RUN]: run },
  })
  const output = collect(child, 'stdout')
  const errors = collect(child, 'stderr')
  const ended = once(child, 'close').then(([code]) => code)
  return { process: child, pid: child.pid!, run, output, errors, ended }
}

/** Kills all that is left of a program. */
export async function endProgram({ run, ended }: Program): Promise<void> {
  await until(() => findRun(run).every(kill) && findRun(run).length === 0, 'an end of all processes')
  await ended
}

/** A Python script, up to the moment when it has printed `ready`. */
export async function startPython(script: string, args: string[] = []): Promise<Program> {
  const program = startProgram(python, ['-c', script, ...args])
  await until(() => program.output().includes('ready'), 'the word ready')
  return program
}

function collect(child: ChildProcess, stream: 'stdout' | 'stderr'): () => string {
  let text = ''
  child[stream]!.setEncoding('utf8').on('data', (chunk) => {
    text += chunk
  })
  return () => text
}

afterEach(async () => {
  for (const program of programs.splice(0)) await endProgram(program)
})

function kill(pid: number): boolean {
  try {
    return process.kill(pid, 'SIGKILL')
  } catch {
    return true // it has ended by itself
  }
}
