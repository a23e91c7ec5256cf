import { describeManualEnding } from '../../report/describe-event.ts'
import { byteSize } from '../../report/format.ts'
import type { ManualConnection, State } from '../../state/state.ts'
import { box } from '../box.ts'
import { clamp, windowStart } from '../clamp.ts'
import { selectedConnection } from '../selection.ts'
import { cut, duration, width } from '../text.ts'
import { theme } from '../theme.ts'
import { holderText } from './connection-lines.ts'
import type { Pane } from './pane.ts'

/** The manual connections, each with who serves it; below them what is typed and what came back. */
export const manualPane: Pane<'manual'> = {
  id: 'manual',
  // In a small terminal there is room for it only over the whole width.
  place: ({ models, lower, lowerRight }, { overlay }) =>
    overlay?.kind !== 'manual' ? null : models.height === 1 ? lower : lowerRight,
  draw({ state, view }, { width, height }) {
    const { manualConnections } = state
    const text = view.overlay?.kind === 'manual' ? view.overlay.text : null
    const selected = selectedConnection(state, view)
    const inside = width - 4
    const exchange = selected ? exchangeLines(selected, text, inside) : []
    const room = Math.max(1, height - 2 - exchange.length)
    const index = manualConnections.findIndex(({ id }) => id === selected?.id)
    const from = windowStart(index, manualConnections.length, room)
    const lines = manualConnections
      .slice(from, from + room)
      .map((connection) => connectionLine(connection, state, inside, connection.id === selected?.id))
    return box({
      title: 'CLIENT BY HAND',
      right: `${manualConnections.filter(({ ended }) => !ended).length} open`,
      width,
      height,
      focused: true,
      lines:
        lines.length > 0
          ? [...lines, ...exchange]
          : ['', cut('No connection yet: o opens one and holds it, e types a line.', inside)],
    })
  },
  move({ state, view }, step) {
    const { manualConnections } = state
    const index = manualConnections.findIndex(({ id }) => id === selectedConnection(state, view)?.id)
    return { manualConnection: manualConnections[clamp(index + step, manualConnections.length)]?.id ?? null }
  },
}

function connectionLine(
  connection: ManualConnection,
  state: State,
  width: number,
  isSelected: boolean,
): string {
  const line = cut(`${connection.id} ${connection.ended ? '✗' : '●'} ${situation(connection, state)}`, width)
  if (isSelected) return theme.selected(line)
  return connection.ended ? theme.dim(line) : line
}

function situation(
  { ended, server, state: own, openedAt, slowly, local }: ManualConnection,
  state: State,
): string {
  if (ended) return `${describeManualEnding(ended.how)} ${duration(state.now - ended.at)} ago`
  const where = server ? `→ ${holderText(state, server)}` : ''
  const unsent = server && server.sendQueue > 0 ? `${byteSize(server.sendQueue)} unsent` : ''
  const parts = [
    where,
    own ?? 'connecting',
    `:${local.port}`,
    duration(state.now - openedAt),
    slowly ? 'slow' : '',
    unsent,
  ]
  return parts.filter(Boolean).join(' · ')
}

function exchangeLines(
  { lastSent, sent, received, reply, ended }: ManualConnection,
  text: string | null,
  width: number,
): string[] {
  const bytes = theme.dim(cut(`sent ${byteSize(sent)}, received ${byteSize(received)}`, width))
  const asked = lastSent === '' ? [] : [cut(`→ ${lastSent}`, width)]
  const answer = reply
    ? [theme.good(cut(`← ${reply.text}`, width)), theme.dim(`  after ${duration(reply.after)}`)]
    : []
  const typed = text === null || ended ? [] : [theme.key(`> ${tail(text, width - 4)}▏`)]
  return [bytes, ...asked, ...answer, ...typed]
}

/** The end of a long text: where the user types. */
function tail(text: string, columns: number): string {
  if (width(text) <= columns) return text
  let kept = text
  while (width(kept) >= columns) kept = kept.slice(1)
  return `…${kept}`
}
