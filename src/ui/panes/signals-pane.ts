import type { Process } from '../../state/state.ts'
import { box } from '../box.ts'
import { windowStart } from '../clamp.ts'
import { defaultAction, type MenuSignal, menuSignals } from '../menu-signals.ts'
import { selectedRow, shownRows } from '../selection.ts'
import { alignLeft } from '../text.ts'
import { theme } from '../theme.ts'
import type { Pane } from './pane.ts'

/** The signals that can be sent to the selected process, each with what the process has set for it. */
export const signalsPane: Pane<'signals'> = {
  id: 'signals',
  place: ({ lowerLeft }, { overlay }) => (overlay?.kind === 'signals' ? lowerLeft : null),
  draw({ state, view }, { width, height }) {
    const index = view.overlay?.kind === 'signals' ? view.overlay.index : 0
    const row = selectedRow(shownRows(state, view), view.row)
    const process = row?.process
    const inside = width - 4
    const room = height - 2
    const from = windowStart(index, menuSignals.length, room)
    const lines = menuSignals.map((signal, i) => {
      const line = alignLeft(`${alignLeft(signal, 9)} ${process ? effect(process, signal) : ''}`, inside)
      return i === index ? theme.selected(line) : line
    })
    return box({
      title: process ? `SIGNAL TO ${row?.role} ${process.pid}` : 'SIGNAL',
      right: '⏎ sends, Esc closes',
      width,
      height,
      focused: true,
      lines: lines.slice(from, from + room),
    })
  },
  move({ view: { overlay } }, step) {
    if (overlay?.kind !== 'signals') return {}
    const index = (overlay.index + step + menuSignals.length) % menuSignals.length
    return { overlay: { ...overlay, index } }
  },
}

function effect({ catches, ignores, exited }: Process, signal: MenuSignal): string {
  if (exited) return 'nothing: it has ended'
  if (ignores.includes(signal)) return 'ignored'
  if (catches.includes(signal)) return 'its handler runs'
  return defaultAction(signal)
}
