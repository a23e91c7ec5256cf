import { byteSize, grouped } from '../../report/format.ts'
import { roleOf } from '../../select/tree.ts'
import type { Connection, Listener, Sockets } from '../../state/event.ts'
import type { State } from '../../state/state.ts'
import { frame } from '../frame.ts'
import { alignLeft, alignRight, bar, cut, flow, wrap } from '../text.ts'
import { theme } from '../theme.ts'
import type { Size } from './size.ts'

/** The accept queues against their backlogs, connections by state, and what the kernel had to turn away. */
export function socketsPane(state: State, { width, height }: Size): string[] {
  const inside = width - 4
  const { listeners, sockets } = state
  const lines =
    listeners.length === 0
      ? ['', theme.dim(cut('Nothing listens. ⏎ starts a server.', inside))]
      : [...gauges(listeners, inside, height - 5), ...(sockets ? numbers(sockets, inside) : [])]
  const rest = Math.max(0, height - 2 - lines.length - 1)
  const held =
    listeners.length > 0 && sockets && rest > 0 ? connectionLines(state, sockets, inside, rest) : []
  return frame({
    title: 'SOCKETS',
    right: holders(state),
    width,
    height,
    focused: false,
    lines: [...lines, ...held],
  })
}

/** Where there is a pane for the queues already: as many connections as fit, and who holds them. */
export function connectionsPane(state: State, { width, height }: Size): string[] {
  const lines = state.sockets ? connectionLines(state, state.sockets, width - 4, height - 3) : []
  const empty = [
    '',
    theme.dim(cut('No connection is open: l starts a load, m opens one by hand.', width - 4)),
  ]
  return frame({
    title: 'CONNECTIONS',
    right: 'o shows the events',
    width,
    height,
    focused: false,
    lines: lines.length > 0 ? lines : empty,
  })
}

/** Who holds the listener: with several processes in accept it is one socket, or with reuseport one for each. */
function holders({ listeners }: State): string {
  if (listeners.length === 0) return ''
  const pids = new Set(listeners.flatMap((listener) => listener.pids)).size
  const sockets = listeners.length === 1 ? '1 listener' : `${grouped(listeners.length)} listeners`
  return `${sockets} in ${grouped(pids)} ${pids === 1 ? 'process' : 'processes'}`
}

function gauges(listeners: readonly Listener[], width: number, room: number): string[] {
  const shown = [...listeners].sort((a, b) => b.queued - a.queued).slice(0, Math.max(1, Math.min(3, room)))
  const lines = shown.map((listener) => gauge(listener, width, listeners.length > 1))
  const hidden = listeners.length - shown.length
  return hidden > 0 ? [...lines, theme.dim(`and ${grouped(hidden)} more`)] : lines
}

function gauge({ port, queued, backlog }: Listener, width: number, isNamed: boolean): string {
  const label = isNamed ? `queue :${port}` : 'accept queue'
  const counts = `${alignRight(grouped(queued), 5)} / ${alignLeft(grouped(backlog), 5)}`
  const isFull = queued >= backlog
  const room = Math.max(4, width - label.length - counts.length - 3 - 5)
  const filled = bar(backlog > 0 ? queued / backlog : 0, room)
  const paint = isFull ? theme.bad : queued > backlog / 2 ? theme.warning : theme.accepts
  return `${label} ▕${paint(filled)}▏${counts}${isFull ? theme.bad(' full') : ''}`
}

function numbers({ states, timeWait, overflows, drops }: Sockets, width: number): string[] {
  const parts = Object.entries(states).map(([state, count]) => `${state} ${grouped(count)}`)
  const lost = `overflows ${grouped(overflows)}  drops ${grouped(drops)}`
  const lines = flow([...parts, `time-wait ${grouped(timeWait)}`], width)
  if (overflows + drops === 0) return [...lines, cut(lost, width)]
  const why = 'On this machine an accept queue was full: clients try again later.'
  return [...lines, theme.bad(cut(lost, width)), ...wrap(why, width)]
}

/** Some of the connections, each with the processes that hold the server's end. */
function connectionLines(state: State, { connections }: Sockets, width: number, room: number): string[] {
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
  const names = pids.map((pid) => {
    const process = state.processes.get(pid)
    return process ? `${roleOf(state, process)} ${pid}` : String(pid)
  })
  return names.length > 2 ? `${names.slice(0, 2).join(', ')} +${names.length - 2}` : names.join(', ')
}
