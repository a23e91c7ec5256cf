import { byteSize } from '../../report/format.ts'
import { describeHandEnding } from '../../state/reduce-hand.ts'
import type { Hand, State } from '../../state/state.ts'
import { frame } from '../frame.ts'
import { cut, duration, width } from '../text.ts'
import { theme } from '../theme.ts'
import type { Size } from './size.ts'
import { holderText } from './sockets-pane.ts'

/** The connections made by hand, each with who serves it; below them what is typed and what came back. */
export function handPane(
  state: State,
  selected: Hand | undefined,
  text: string | null,
  { width, height }: Size,
): string[] {
  const inside = width - 4
  const dialogue = selected ? dialogueLines(selected, text, inside) : []
  const room = Math.max(1, height - 2 - dialogue.length)
  const index = state.hands.findIndex(({ id }) => id === selected?.id)
  const from = Math.max(0, Math.min(index - Math.floor(room / 2), state.hands.length - room))
  const shown = state.hands.slice(from, from + room)
  return frame({
    title: 'CLIENT BY HAND',
    right: `${state.hands.filter(({ ended }) => !ended).length} open`,
    width,
    height,
    focused: true,
    lines:
      shown.length > 0
        ? [...shown.map((hand) => handLine(hand, state, inside, hand.id === selected?.id)), ...dialogue]
        : ['', cut('No connection yet: o opens one and holds it, e types a line.', inside)],
  })
}

function handLine(hand: Hand, state: State, width: number, isSelected: boolean): string {
  const line = cut(`${hand.id} ${hand.ended ? '✗' : '●'} ${situation(hand, state)}`, width)
  if (isSelected) return theme.selected(line)
  return hand.ended ? theme.dim(line) : line
}

function situation({ ended, server, state: own, openedAt, slowly, local }: Hand, state: State): string {
  if (ended) return `${describeHandEnding(ended.how)} ${duration(state.now - ended.at)} ago`
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

function dialogueLines(
  { lastSent, sent, received, reply, ended }: Hand,
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
