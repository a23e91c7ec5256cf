import { grouped } from '../../report/format.ts'
import type { Listener, Sockets } from '../../state/event.ts'
import type { State } from '../../state/state.ts'
import { box } from '../box.ts'
import { alignLeft, alignRight, bar, cut, flow, wrap } from '../text.ts'
import { theme } from '../theme.ts'
import { connectionLines } from './connection-lines.ts'
import type { Pane } from './pane.ts'

/** The accept queues against their backlogs, connections by state, and what the kernel had to turn away. */
export const socketsPane: Pane<'sockets'> = {
  id: 'sockets',
  place: ({ middle, lowerLeft }, { beside }) => middle?.left ?? (beside === 'sockets' ? lowerLeft : null),
  draw({ state }, { width, height }) {
    const inside = width - 4
    const { listeners, sockets } = state
    const failure = state.sources.sockets
    const lines = failure
      ? ['', ...wrap(`Not seen: ${failure}`, inside).map(theme.warning)]
      : listeners.length === 0
        ? ['', theme.dim(cut('Nothing listens. ⏎ starts a server.', inside))]
        : [...gauges(listeners, inside, height - 5), ...(sockets ? numbers(sockets, inside) : [])]
    const rest = Math.max(0, height - 2 - lines.length - 1)
    const held =
      listeners.length > 0 && sockets && rest > 0 ? connectionLines(state, sockets, inside, rest) : []
    return box({
      title: 'SOCKETS',
      right: holders(state),
      width,
      height,
      focused: false,
      lines: [...lines, ...held],
    })
  },
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

const SHORTEST_BAR = 3

function gauge({ port, queued, backlog }: Listener, width: number, isNamed: boolean): string {
  const counts = `${alignRight(grouped(queued), 5)} / ${alignLeft(grouped(backlog), 5)}`
  const isFull = queued >= backlog
  // What stands around the bar beside label and counts: a space, its two ends, and " full".
  const roomBeside = (label: string) => width - label.length - counts.length - 3 - 5
  const labels = isNamed ? [`queue :${port}`, `:${port}`] : ['accept queue', 'queue']
  const label = labels.find((label) => roomBeside(label) >= SHORTEST_BAR) ?? ''
  const filled = bar(backlog > 0 ? queued / backlog : 0, roomBeside(label))
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
