import { isBySignal } from '../state/ending.ts'
import type { State } from '../state/state.ts'

/** Whether the server's first process has ended, or nothing of it was ever there. */
export function isOver({ server }: State): boolean {
  return server.phase === 'gone' || server.ending !== null
}

/** Whether the server's first process ended before anybody told it to: neither a stop nor a signal of the user's. */
export function endedByItself({ server, processes, signals }: State): boolean {
  if (server.ending === null) return false
  const endedAt = processes.get(server.pid ?? 0)?.exited?.at
  if (server.stopRequestedAt !== null && (endedAt === undefined || endedAt >= server.stopRequestedAt))
    return false
  return !ENDING.some((name) => signals.has(`${name} you ${server.pid}`)) && !wasSent(server, signals)
}

/** Signals that ask a server to end, whatever it does then. */
const ENDING = ['SIGTERM', 'SIGINT', 'SIGQUIT', 'SIGHUP', 'SIGKILL']

/** Whether the user sent the very signal that ended it. */
function wasSent({ pid, ending }: State['server'], signals: State['signals']): boolean {
  return isBySignal(ending) && signals.has(`${ending.signal} you ${pid}`)
}
