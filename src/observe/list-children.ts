import { readdirSync } from 'node:fs'
import { readWholeProc } from './read-proc.ts'

/** The pids of a process's children, whichever of its threads forked them. Source: proc_pid_task(5), children. */
export function listChildren(pid: number): number[] {
  return listThreads(pid).flatMap((tid) => parse(readWholeProc(`/proc/${pid}/task/${tid}/children`)))
}

/** The ids of a process's threads; none when it is gone. */
export function listThreads(pid: number): number[] {
  try {
    return readdirSync(`/proc/${pid}/task`).map(Number)
  } catch {
    return []
  }
}

function parse(text: string | null): number[] {
  return text ? text.trim().split(' ').filter(Boolean).map(Number) : []
}

/** The pids of all processes below one, children before their own children. */
export function listDescendants(pid: number): number[] {
  const found = listChildren(pid)
  // The list grows while it is gone through.
  for (const each of found) found.push(...listChildren(each))
  return found
}
