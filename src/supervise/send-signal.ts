import { statOf } from '../observe/proc-stat.ts'

/** What tells a process from a later one with the same pid: when it started, or else who its parent may be. */
export type Identity = { startTicks: number } | { parents: readonly number[] }

/**
 * Sends a signal to one process: kill(2). One that is not who it is thought to be is left alone: it was given the pid
 * since. Returns null, or the errno of what failed, as in `ESRCH`.
 */
export function sendSignal(pid: number, signal: string, who?: Identity): string | null {
  if (!Number.isInteger(pid) || pid <= 0) return 'EINVAL' // 0 and below mean whole groups
  if (who && !isStill(pid, who)) return 'ESRCH'
  try {
    process.kill(pid, signal)
    return null
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException
    return code === 'ERR_UNKNOWN_SIGNAL' ? 'EINVAL' : (code ?? 'EINVAL')
  }
}

/**
 * Sends a signal to a whole process group, as a terminal does at Ctrl-C, if its leader is who it is thought to be:
 * kill(2). Returns null, or the errno of what failed.
 */
export function signalGroup(leader: number, signal: string, who: Identity): string | null {
  if (!Number.isInteger(leader) || leader <= 1) return 'EINVAL'
  if (!isStill(leader, who)) return 'ESRCH'
  try {
    process.kill(-leader, signal)
    return null
  } catch (error) {
    return (error as NodeJS.ErrnoException).code ?? 'EINVAL'
  }
}

function isStill(pid: number, who: Identity): boolean {
  const stat = statOf(pid)
  if (!stat) return false
  return 'startTicks' in who ? stat.startTime === who.startTicks : who.parents.includes(stat.parent)
}
