import type { Layout } from '../layout.ts'
import { charts, type View } from '../view.ts'
import { command } from './command.ts'

export const chart = command({
  id: 'chart',
  context: 'panes',
  keys: ['v'],
  shows: 'v',
  help: 'the next chart',
  hint: 'chart',
  spare: 1,
  run: ({ view, scene, show }) => show(nextChart(view, scene.layout)),
})

export const sockets = command({
  id: 'sockets',
  context: 'panes',
  keys: ['o'],
  shows: 'o',
  help: 'sockets, and who has them',
  hint: 'sockets',
  spare: 3,
  run: ({ view, show }) => show({ beside: view.beside === 'sockets' ? 'events' : 'sockets' }),
})

export const freeze = command({
  id: 'freeze',
  context: 'panes',
  keys: ['space'],
  shows: '␣',
  help: 'freeze the screen',
  hint: 'freeze',
  spare: 1,
  run: ({ view, live, show }) => show({ frozen: view.frozen ? null : live }),
})

export const mouse = command({
  id: 'mouse',
  context: 'panes',
  keys: ['w'],
  shows: 'w',
  help: 'mouse: rows, or text',
  run({ view, terminal, show }) {
    terminal.setMouse(!view.mouse)
    const notice = view.mouse
      ? 'The mouse is the terminal’s again.'
      : 'The mouse selects rows here; w gives it back to the terminal, for selecting text.'
    show({ mouse: !view.mouse, notice })
  },
})

export const help = command({
  id: 'help',
  context: 'panes',
  keys: ['?'],
  shows: '?',
  help: 'this help',
  hint: 'help',
  run: ({ show }) => show({ overlay: { kind: 'help' } }),
})

export const closeHelp = command({
  id: 'cancel',
  context: 'help',
  keys: ['escape', 'return', 'q', '?'],
  shows: 'Esc',
  help: 'close',
  hint: 'close',
  run: ({ show }) => show({ overlay: null }),
})

/** Where no place is kept for charts, one stands in that of the events; after the last come the events again. */
function nextChart({ chart, beside }: View, { middle }: Layout): Partial<View> {
  if (!middle && beside !== 'chart') return { beside: 'chart', chart: charts[0] }
  if (!middle && chart === charts.at(-1)) return { beside: 'events' }
  return { chart: charts[(charts.indexOf(chart) + 1) % charts.length]! }
}
