import { setTimeout as sleep } from 'node:timers/promises'
import { findRun } from './find-run.ts'
import { sendSignal } from './send-signal.ts'

const LIMIT = 5_000
const PAUSE = 20

/**
 * Ends, by SIGKILL, every process that bears the run id: what is left to do when the launcher itself was killed.
 * Returns how many it ended, and how many it could not end.
 */
export async function endRun(run: string): Promise<{ killed: number; left: number }> {
  const killed = new Set<number>()
  const until = performance.now() + LIMIT
  let left = findRun(run)
  // A process between fork and exec may not be found, so nothing is believed before it was seen twice.
  for (let quiet = 0; quiet < 2 && performance.now() < until; quiet = left.length === 0 ? quiet + 1 : 0) {
    freeze(run)
    for (const pid of findRun(run)) if (sendSignal(pid, 'SIGKILL') === null) killed.add(pid)
    await sleep(PAUSE)
    left = findRun(run)
  }
  return { killed: killed.size, left: left.length }
}

/** Stops them all before any is killed, or one that forks without end would always be ahead. */
function freeze(run: string): void {
  const stopped = new Set<number>()
  for (let before = -1; stopped.size > before; ) {
    before = stopped.size
    for (const pid of findRun(run))
      if (!stopped.has(pid) && sendSignal(pid, 'SIGSTOP') === null) stopped.add(pid)
  }
}
