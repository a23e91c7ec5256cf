import { setTimeout as sleep } from 'node:timers/promises'
import { eachLeft, type Traces } from './find-left.ts'
import { sendSignal } from './send-signal.ts'

const LIMIT = 3_000
const PAUSE = 7
/** A process between fork and exec may not be found, nor one that has just moved on into a child: looks in a row. */
const LOOKS = 20

/**
 * Ends, by SIGKILL, every process that is left of the run: what is to be done when the launcher was killed, and its
 * keeper too.
 * Returns how many it ended, and the pids of those that it could not end.
 */
export async function endRun(traces: Traces): Promise<{ killed: number; left: number[] }> {
  const killed = new Set<number>()
  const strangers = new Set<number>()
  const until = performance.now() + LIMIT
  for (let empty = 0; empty < LOOKS && performance.now() < until; await sleep(PAUSE)) {
    const stopped = stopAll(traces, strangers)
    for (const pid of stopped) if (sendSignal(pid, 'SIGKILL') === null) killed.add(pid)
    empty = stopped.size === 0 ? empty + 1 : 0
  }
  const left = [...eachLeft(traces, strangers)]
  return { killed: killed.size, left }
}

/** Stops them all before any is killed, or one that forks without end would always be ahead. Returns their pids. */
function stopAll(traces: Traces, strangers: Set<number>): Set<number> {
  const stopped = new Set<number>()
  for (let before = -1; stopped.size > before; ) {
    before = stopped.size
    for (const pid of eachLeft(traces, strangers))
      if (!stopped.has(pid) && sendSignal(pid, 'SIGSTOP') === null) stopped.add(pid)
  }
  return stopped
}
