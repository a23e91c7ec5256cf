import { readdirSync, readFileSync, readlinkSync } from 'node:fs'
import { parseSyscall } from '../../src/observe/system-calls.ts'
import { findRun } from '../support/find-run.ts'
import { node } from '../support/node.ts'

/** The server's children among the processes of a run. */
export function serverChildren(run: string, model: string): number[] {
  const server = serverPid(run, model)
  return modelPids(run, model).filter((pid) => parentOf(pid) === server)
}

/** The server itself: the process of the model whose parent is none. */
export function serverPid(run: string, model: string): number | undefined {
  const pids = modelPids(run, model)
  return pids.find((pid) => !pids.includes(parentOf(pid)))
}

/** The launcher has the same words among its own, but is not Node. */
function modelPids(run: string, model: string): number[] {
  return findRun(run).filter((pid) => {
    const words = read(`/proc/${pid}/cmdline`).split('\0')
    return words[0] === node && words.some((word, i) => word.endsWith('/server.js') && words[i + 1] === model)
  })
}

function parentOf(pid: number): number {
  return Number(read(`/proc/${pid}/stat`).split(') ').at(-1)!.split(' ')[1])
}

/** The sockets that the process has open, each as the kernel names it. */
export function socketsOf(pid: number): string[] {
  try {
    const files = readdirSync(`/proc/${pid}/fd`).map((fd) => readlinkSync(`/proc/${pid}/fd/${fd}`))
    return files.filter((file) => file.startsWith('socket:'))
  } catch {
    return [] // it has ended, or has closed one meanwhile
  }
}

/** How many sockets the process has open. */
export function socketCount(pid: number): number {
  return socketsOf(pid).length
}

/** Whether the process sleeps, as for the delay that a client is kept waiting. */
export function isSleeping(pid: number): boolean {
  return parseSyscall(read(`/proc/${pid}/syscall`)) === 'nanosleep'
}

export function processState(pid: number): string {
  return read(`/proc/${pid}/stat`).split(') ').at(-1)![0] ?? ''
}

function read(path: string): string {
  try {
    return readFileSync(path, 'latin1')
  } catch {
    return ''
  }
}
