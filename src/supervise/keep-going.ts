import { statOf } from '../observe/proc-stat.ts'
import type { Duration } from '../state/event.ts'
import { sendSignal } from './send-signal.ts'

const INTERVAL: Duration = 300

/**
 * Continues a child of ours whenever somebody has stopped it. A server may stop the launcher that is to end it; who of
 * the launcher's two processes is stopped alone is continued by the other, so that one is enough. Ends when the returned
 * function is called.
 */
export function keepGoing(pid: number): () => void {
  const timer = setInterval(() => {
    if (statOf(pid)?.state === 'T') sendSignal(pid, 'SIGCONT', { parents: [process.pid] })
  }, INTERVAL).unref()
  return () => clearInterval(timer)
}
