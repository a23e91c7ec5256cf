import type { Process, State } from './state.ts'

/** One line of the process tree. `last` tells for each level whether a sibling follows below. */
export type TreeRow = { process: Process; depth: number; last: boolean[]; role: string }

/**
 * The processes as a tree, from the server's first one down, each followed by its children in the order of their
 * births. Orphans, whose parent is gone, come last.
 */
export function treeOf(state: State, isShown: (process: Process) => boolean = () => true): TreeRow[] {
  const children = new Map<number, Process[]>()
  for (const process of state.processes.values()) {
    if (!isShown(process)) continue
    const parent = state.processes.has(process.parent) ? process.parent : 0
    const siblings = children.get(parent)
    if (siblings) siblings.push(process)
    else children.set(parent, [process])
  }
  const rows: TreeRow[] = []
  const walk = (parent: number, depth: number, above: boolean[]) => {
    const siblings = children.get(parent)
    if (!siblings) return
    siblings.sort((a, b) => a.index - b.index || a.born - b.born)
    for (const [i, process] of siblings.entries()) {
      const last = [...above, i === siblings.length - 1]
      rows.push({ process, depth, last, role: roleOf(state, process) })
      walk(process.pid, depth + 1, last)
    }
  }
  walk(0, 0, [])
  return rows
}

/** What the process is to the server: `server` alone, `parent` of others, `child N` or `orphan`. */
export function roleOf(state: State, process: Process): string {
  if (process.pid === state.server.pid) return process.children > 0 ? 'parent' : 'server'
  if (process.parent === state.server.launcher || process.parent === 0) return 'orphan'
  return `child ${process.index}`
}
