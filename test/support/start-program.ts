import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { afterEach } from 'vitest'
import { until } from './until.ts'

export type Program = {
  process: ChildProcess
  pid: number
  output: () => string
  ended: Promise<number | null>
}

const programs: Program[] = []

/** Starts a program that the test, at its end, kills if it still runs. */
export function startProgram(command: string, args: string[], env: Record<string, string> = {}): Program {
  const child = spawn(command, args, { stdio: ['pipe', 'pipe', 'inherit'], env: { ...process.env, ...env } })
  let text = ''
  child.stdout.on('data', (chunk) => {
    text += chunk
  })
  const ended = once(child, 'close').then(([code]) => code)
  const program = { process: child, pid: child.pid!, output: () => text, ended }
  programs.push(program)
  return program
}

/** A Python script, up to the moment when it has printed `ready`. */
export async function startPython(script: string, env: Record<string, string> = {}): Promise<Program> {
  const program = startProgram('python3', ['-c', script], env)
  await until(() => program.output().includes('ready'), 'the word ready')
  return program
}

afterEach(async () => {
  for (const { process, ended } of programs.splice(0)) {
    if (process.exitCode === null && process.signalCode === null) process.kill('SIGKILL')
    await ended
  }
})
