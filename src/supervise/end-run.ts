import { setTimeout as sleep } from 'node:timers/promises'
import { eachOfRun } from './find-run.ts'
import { sendSignal } from './send-signal.ts'

const LIMIT = 5_000
const PAUSE = 7
/** A process between fork and exec may not be found, nor one that has just moved on into a child: looks in a row. */
const LOOKS = 20

/**
 * Ends, by SIGKILL, every process that bears the run id: what is left to do when the launcher was
 * killed, and its keeper too.
 * Returns how many it ended, and how many it could not end.
 */
export async function endRun(run: string): Promise<{ killed: number; left: number }> {
  const killed = new Set<number>()
  const strangers = new Set<number>()
  const until = performance.now() + LIMIT
  for (let empty = 0; empty < LOOKS && performance.now() < until; await sleep(PAUSE)) {
    const stopped = stopAll(run, strangers)
    for (const pid of stopped) if (sendSignal(pid, 'SIGKILL') === null) killed.add(pid)
    empty = stopped.size === 0 ? empty + 1 : 0
  }
  return { killed: killed.size, left: [...eachOfRun(run, strangers)].length }
}

/** Stops them all before any is killed, or one that forks without end would always be ahead. Returns their pids. */
function stopAll(run: string, strangers: Set<number>): Set<number> {
  const stopped = new Set<number>()
  for (let before = -1; stopped.size > before; ) {
    before = stopped.size
    for (const pid of eachOfRun(run, strangers))
      if (!stopped.has(pid) && sendSignal(pid, 'SIGSTOP') === null) stopped.add(pid)
  }
  return stopped
}
