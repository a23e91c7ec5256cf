import { readdirSync, readFileSync } from 'node:fs'

/** Clock ticks a second in /proc: 100 on every Linux that Node runs on. */
const TICK = 1 / 100

/** The pids of a process and all that descend from it. */
export function tree(root: number): number[] {
  const pids = [root]
  for (let i = 0; i < pids.length; i++) pids.push(...childrenOf(pids[i]!))
  return pids
}

/**
 * CPU seconds, user and system, of a process and all its descendants, those reaped included. What lives is counted
 * to the nanosecond, since /proc/PID/stat would lose up to 20 ms for each child of a pool; threads that have ended
 * are counted there only.
 */
export function treeCpu(root: number): number {
  return tree(root).reduce((sum, pid) => sum + Math.max(threadsCpu(pid), processCpu(pid)) + reapedCpu(pid), 0)
}

/** CPU seconds of the threads that a process has now. Source: Documentation/scheduler/sched-stats.rst. */
function threadsCpu(pid: number): number {
  let nanoseconds = 0
  for (const tid of list(`/proc/${pid}/task`))
    nanoseconds += Number(text(`/proc/${pid}/task/${tid}/schedstat`).split(' ')[0])
  return nanoseconds / 1e9
}

/** CPU seconds of the children that a process has reaped. Source: proc_pid_stat(5), cutime and cstime. */
function reapedCpu(pid: number): number {
  const { cutime, cstime } = statOf(pid)
  return (cutime + cstime) * TICK
}

/** CPU seconds of a process alone, user and system, threads that have ended included. */
export function processCpu(pid: number): number {
  const { utime, stime } = statOf(pid)
  return (utime + stime) * TICK
}

/** Resident memory in bytes. Source: proc_pid_status(5), VmRSS. */
export function residentMemory(pid: number): number {
  return Number(/^VmRSS:\s+(\d+) kB$/m.exec(text(`/proc/${pid}/status`))?.[1] ?? 0) * 1024
}

function statOf(pid: number) {
  const stat = text(`/proc/${pid}/stat`)
  const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ')
  const field = (number: number) => Number(fields[number - 3] ?? 0)
  return { utime: field(14), stime: field(15), cutime: field(16), cstime: field(17) }
}

function childrenOf(pid: number): number[] {
  return list(`/proc/${pid}/task`).flatMap((tid) =>
    text(`/proc/${pid}/task/${tid}/children`).split(' ').filter(Boolean).map(Number),
  )
}

/** A process may end while we look: then there is nothing to read. */
function text(path: string): string {
  try {
    return readFileSync(path, 'utf8')
  } catch {
    return ''
  }
}

function list(path: string): string[] {
  try {
    return readdirSync(path)
  } catch {
    return []
  }
}
