import { readFileSync } from 'node:fs'
import { monotonic } from '../clock.ts'
import { parseStat, TICK } from '../observe/proc-stat.ts'
import type { Millis } from '../state/event.ts'

/** Two readings of a start time differ by the rounding of the clocks they are made from. */
const ROUNDING = 3 * TICK

/**
 * Sends a signal to one process: kill(2). With `born`, the start time that was seen on the screen, a later process
 * that was given the same pid is left alone. Returns null, or the errno of what failed, as in `ESRCH`.
 */
export function sendSignal(pid: number, signal: string, born?: Millis): string | null {
  if (!Number.isInteger(pid) || pid <= 0) return 'EINVAL' // 0 and below mean whole groups
  if (born !== undefined && !(Math.abs(bornAt(pid) - born) <= ROUNDING)) return 'ESRCH'
  try {
    process.kill(pid, signal)
    return null
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException
    return code === 'ERR_UNKNOWN_SIGNAL' ? 'EINVAL' : (code ?? 'EINVAL')
  }
}

/** When the process started, in milliseconds of CLOCK_MONOTONIC; NaN when there is no such process. */
function bornAt(pid: number): Millis {
  try {
    const { startTime } = parseStat(readFileSync(`/proc/${pid}/stat`, 'latin1'))
    // The kernel counts from boot, time asleep included; CLOCK_MONOTONIC leaves that out.
    const asleep = Number.parseFloat(readFileSync('/proc/uptime', 'latin1')) * 1000 - monotonic()
    return startTime * TICK - asleep
  } catch {
    return Number.NaN
  }
}
