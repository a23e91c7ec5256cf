import { listDescendants } from './list-children.ts'
import { readProc } from './read-proc.ts'

/**
 * The process and all below it, by the pid that each has in its own pid namespace. Source: proc_pid_status(5), NSpid:
 * one for each namespace, the innermost last.
 */
export function innerPids(root: number): Map<number, number> {
  const found = new Map<number, number>()
  for (const pid of [root, ...listDescendants(root)]) {
    const inner = innermost(pid)
    if (inner !== null) found.set(inner, pid)
  }
  return found
}

function innermost(pid: number): number | null {
  const line = /^NSpid:\s*(.*)$/m.exec(readProc(`/proc/${pid}/status`) ?? '')?.[1]
  return line ? Number(line.split(/\s+/).at(-1)) : null
}
