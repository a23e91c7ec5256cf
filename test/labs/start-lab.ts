import { readFileSync } from 'node:fs'
import { constants } from 'node:os'
import { join } from 'node:path'
import type { LabOptions } from '../../servers/labs/options.ts'
import { parseSyscall } from '../../src/observe/system-calls.ts'
import { node } from '../support/node.ts'
import { root } from '../support/root.ts'
import { type Program, startProgram } from '../support/start-program.ts'
import { until } from '../support/until.ts'

/** V8's helper threads do not survive a fork. */
const FORKABLE = ['--single-threaded', '--v8-pool-size=0']

export type RunningLab = Program & {
  /** The process that waits for signals, by its own word: the lab, or a child of it. */
  waiter(): number
  /** Resolves when it has said a line with that in it. */
  said(text: string): Promise<unknown>
  /** Resolves when it waits in one of these system calls. */
  waitsIn(...calls: string[]): Promise<unknown>
  /** Sends the signal; resolves when it is not on its way any more: it was handled, or is blocked and waits. */
  send(signal: NodeJS.Signals): Promise<void>
}

/** Starts a lab of the built program as a process of its own. */
export function startLab(name: string, options: Partial<LabOptions> = {}): RunningLab {
  const server = join(root, 'dist/server.js')
  const lab = startProgram(node, [...FORKABLE, server, name, JSON.stringify(options)])
  const alive = () => {
    if (lab.process.exitCode !== null) throw new Error(`${name} ended: ${lab.errors()}${lab.output()}`)
    return true
  }
  const waiter = () => Number(/kill -\w+ (\d+)/.exec(lab.output())![1])
  return {
    ...lab,
    waiter,
    said: (text) => until(() => lab.output().includes(text) || (alive() && null), `"${text}"`),
    waitsIn: (...calls) => until(() => alive() && calls.includes(currentCall(waiter())!), calls.join(' or ')),
    send: async (signal) => {
      const pid = waiter()
      process.kill(pid, signal)
      await until(() => !isPending(pid, signal) || isBlocked(pid, signal), `the arrival of ${signal}`)
    },
  }
}

/** Runs a lab that needs nobody, to its end. */
export async function runLab(name: string): Promise<{ code: number | null; output: string }> {
  const lab = startLab(name)
  const code = await lab.ended
  return { code, output: lab.output() + lab.errors() }
}

/** The system call that the process waits in. */
export function currentCall(pid: number): string | null {
  return parseSyscall(readFileSync(`/proc/${pid}/syscall`, 'utf8'))
}

/** The arguments of the call that the process waits in, as numbers. */
export function callArguments(pid: number): number[] {
  return readFileSync(`/proc/${pid}/syscall`, 'utf8').trim().split(' ').slice(1, -2).map(Number)
}

/** Whether the signal was sent to the process and has not been delivered. */
export function isPending(pid: number, signal: NodeJS.Signals): boolean {
  return isIn(pid, 'ShdPnd', signal) || isIn(pid, 'SigPnd', signal)
}

function isBlocked(pid: number, signal: NodeJS.Signals): boolean {
  return isIn(pid, 'SigBlk', signal)
}

function isIn(pid: number, mask: string, signal: NodeJS.Signals): boolean {
  const status = readFileSync(`/proc/${pid}/status`, 'utf8')
  const bits = BigInt(`0x${new RegExp(`^${mask}:\\s*(\\S+)`, 'm').exec(status)![1]}`)
  return ((bits >> BigInt(constants.signals[signal] - 1)) & 1n) === 1n
}
