import { readdirSync } from 'node:fs'
import { readProc } from './read-proc.ts'

/** The pids of a process's children, whichever of its threads forked them. Source: proc_pid_task(5), children. */
export function listChildren(pid: number): number[] {
  return threads(pid).flatMap((tid) => parse(readProc(`/proc/${pid}/task/${tid}/children`)))
}

function threads(pid: number): string[] {
  try {
    return readdirSync(`/proc/${pid}/task`)
  } catch {
    return []
  }
}

function parse(text: string | null): number[] {
  return text ? text.trim().split(' ').filter(Boolean).map(Number) : []
}
