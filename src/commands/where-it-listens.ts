import { isSocketThere } from '../load/unix-address.ts'
import type { Options } from '../options/table.ts'
import { Refusal } from '../refusal.ts'
import { loadListener, reachable } from '../select/listening.ts'
import { isOver } from '../select/over.ts'
import type { Session } from '../session/session.ts'
import type { Target } from '../session/target.ts'
import { until } from '../session/until.ts'
import type { State } from '../state/state.ts'
import { START_TIMEOUT, whyNotListening } from './why-not-listening.ts'

/**
 * Waits until the server can be connected to; returns where a client of TCP does that. Throws a Refusal when it ends
 * before, or does not listen in time.
 */
export async function whereItListens(
  session: Session,
  target: Target,
  { unix, host, port }: Options,
): Promise<{ host: string; port: number }> {
  const isThere = (state: State) =>
    unix === null ? loadListener(state, target.port) !== undefined : isSocketThere(unix)
  await until(session, (state) => isThere(state) || isOver(state), START_TIMEOUT)
  const { state } = session
  if (!isThere(state) || isOver(state)) throw new Refusal(whyNotListening(state, target, unix))
  const listener = loadListener(state, target.port)
  return unix === null && listener ? { host: reachable(listener), port: listener.port } : { host, port }
}
