import { noCounts } from '../state/counts.ts'
import type { Counts, Process, State, Thread } from '../state/state.ts'

/** One line of the tree: a process, or one of its threads. `last` tells for each level whether a sibling follows. */
export type TreeRow = {
  /** The pid, or the thread's id: no two rows have the same. */
  id: number
  process: Process
  thread: Thread | null
  /** Whether the count is the sum of what the threads in the rows below did. */
  isSum: boolean
  /** What the process, or the thread alone, counted. */
  counts: Counts
  depth: number
  last: boolean[]
  role: string
}

export type Shown = {
  process(process: Process): boolean
  /** Which threads of the process get a row of their own. */
  threads(process: Process): readonly Thread[]
}

const everyProcess: Shown = { process: () => true, threads: () => [] }

/**
 * The processes as a tree, from the server's first one down, each followed by its threads and its children in the
 * order of their births. Orphans, whose parent is gone, come last.
 */
export function treeOf(state: State, shown: Shown = everyProcess): TreeRow[] {
  const children = new Map<number, Process[]>()
  for (const process of state.processes.values()) {
    if (!shown.process(process)) continue
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
      const threads = shown.threads(process)
      const below = threadRows(process, threads, depth + 1, last, children.has(process.pid))
      const isSum = below.some(({ counts }) => counts.accepts > 0)
      const role = roleOf(state, process)
      rows.push({ id: process.pid, process, thread: null, isSum, counts: process.counts, depth, last, role })
      rows.push(...below)
      walk(process.pid, depth + 1, last)
    }
  }
  walk(0, 0, [])
  return rows
}

function threadRows(
  process: Process,
  threads: readonly Thread[],
  depth: number,
  above: boolean[],
  more: boolean,
): TreeRow[] {
  if (threads.length === 0) return []
  return threads.map((thread, i) => ({
    id: thread.tid,
    process,
    thread,
    isSum: false,
    counts: process.threadCounts.get(thread.tid) ?? noCounts,
    depth,
    last: [...above, !more && i === threads.length - 1],
    role: thread.name,
  }))
}

/**
 * What the process is to the server: `server` alone, `parent` of others, `child N`, or `orphan` when it was never
 * seen with a parent.
 */
export function roleOf(state: State, process: Process): string {
  if (process.pid === state.server.pid) return process.children > 0 ? 'parent' : 'server'
  if (process.parent === state.server.launcher || process.parent === 0) return 'orphan'
  return `child ${process.index}`
}
