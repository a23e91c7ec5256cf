import { readdirSync } from 'node:fs'
import { basename } from 'node:path'
import { statOf } from './proc-stat.ts'
import { readProc, readWholeProc } from './read-proc.ts'

/** The pids of all processes that /proc shows. */
export function allPids(): number[] {
  return readdirSync('/proc').map(Number).filter(Boolean)
}

/** The process's parent, or null when there is no such process. */
export function parentOf(pid: number): number | null {
  return statOf(pid)?.parent ?? null
}

/** The session that it is in, as setsid(2) began it, or null when there is no such process. */
export function sessionOf(pid: number): number | null {
  return statOf(pid)?.session ?? null
}

/** When the process started, in clock ticks since boot; 0 when there is no such process. */
export function startTicksOf(pid: number): number {
  return statOf(pid)?.startTime ?? 0
}

/** The name that the process gives itself; empty when there is no such process. Source: proc_pid_comm(5). */
export function commOf(pid: number): string {
  return readProc(`/proc/${pid}/comm`)?.trimEnd() ?? ''
}

/** The words of its command line; none of a kernel thread, or when it is gone. Source: proc_pid_cmdline(5). */
export function commandOf(pid: number): string[] {
  return (readWholeProc(`/proc/${pid}/cmdline`) ?? '').split('\0').filter((word) => word !== '')
}

/** Whether somebody would call the process so: by its own name, or by the first word of its command line. */
export function isCalled(pid: number, name: string): boolean {
  const [first = ''] = commandOf(pid)
  // Titles such as "nginx: master process" are one word with spaces in it.
  const word = basename(first.split(' ')[0]!.replace(/:$/, ''))
  return commOf(pid) === name || word === name
}
