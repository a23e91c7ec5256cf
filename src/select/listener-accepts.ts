import type { Listener } from '../state/event.ts'
import type { State } from '../state/state.ts'
import { unseenPids } from './blind.ts'

/**
 * Connections that were accepted from the listener; null where they cannot be told from those of other listeners,
 * or from what a process did that cannot be seen into.
 */
export function listenerAccepts(state: State, listener: Listener): number | null {
  const { listeners, processes, totals } = state
  if (unseenPids(state).length > 0) return null
  if (listeners.length === 1) return totals.accepts
  const holders = listener.pids
  const shares = (other: Listener) => other !== listener && other.pids.some((pid) => holders.includes(pid))
  if (holders.length === 0 || listeners.some(shares)) return null
  return holders.reduce((sum, pid) => sum + (processes.get(pid)?.counts.accepts ?? 0), 0)
}
