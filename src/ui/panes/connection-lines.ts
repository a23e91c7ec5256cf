import { nameOf } from '../../report/describe-event.ts'
import { byteSize } from '../../report/format.ts'
import type { Connection, Sockets } from '../../state/event.ts'
import type { State } from '../../state/state.ts'
import { alignLeft, alignRight, cut } from '../text.ts'
import { theme } from '../theme.ts'

/** Some of the connections, each with the processes that hold the server's end. */
export function connectionLines(
  state: State,
  { connections }: Sockets,
  width: number,
  room: number,
): string[] {
  if (connections.length === 0) return []
  // Those that somebody serves, or ought to, are of more interest than those that are closing.
  const order = (state: string) => (state === 'established' ? 0 : state === 'close-wait' ? 1 : 2)
  const shown = [...connections].sort((a, b) => order(a.state) - order(b.state)).slice(0, room)
  return [
    theme.dim(cut('client port  state         held by                unread  unsent', width)),
    ...shown.map((connection) => cut(connectionLine(state, connection), width)),
  ]
}

function connectionLine(state: State, connection: Connection): string {
  const { peer, state: tcp, receiveQueue, sendQueue } = connection
  const numbers = `${alignRight(byteSize(receiveQueue), 7)} ${alignRight(byteSize(sendQueue), 7)}`
  return `${alignRight(String(peer.port), 11)}  ${alignLeft(tcp, 13)} ${alignLeft(holderText(state, connection), 21)} ${numbers}`
}

/** Who has the server's end: `child 3 18481`; or where it is when nobody has. */
export function holderText(
  state: State,
  { pids, isHeld, state: tcp }: Pick<Connection, 'pids' | 'isHeld' | 'state'>,
): string {
  if (pids.length === 0) {
    if (isHeld) return 'not found'
    return tcp === 'established' || tcp === 'close-wait' || tcp === 'syn-received' ? 'accept queue' : 'closed'
  }
  const names = pids.map((pid) => nameOf(state, pid))
  return names.length > 2 ? `${names.slice(0, 2).join(', ')} +${names.length - 2}` : names.join(', ')
}
