import { awaitedSignal } from '../awaited-signal.ts'
import { menuSignals } from '../menu-signals.ts'
import { selectedRow, shownRows } from '../selection.ts'
import { askFirst } from './ask.ts'
import { command } from './command.ts'

export const openSignals = command({
  id: 'signal',
  context: 'panes',
  keys: ['s'],
  shows: 's',
  help: 'a signal to the process',
  hint: 'signal',
  run(app) {
    const { show, scene } = app
    const { state, view } = scene
    if (askFirst(app, 'signal', `${view.target.name} is somebody's server. Send it signals?`)) return
    if (selectedRow(shownRows(state, view), view.row)) return show({ overlay: { kind: 'signals', index: 0 } })
    show({ pane: 'processes', notice: 'Select a process with ↑ ↓ first.' })
  },
})

export const sendAwaited = command({
  id: 'send-awaited',
  context: 'panes',
  keys: ['u'],
  shows: 'u',
  help: 'in a lab: send its signal',
  run({ live, view, signal, show }) {
    const awaited = awaitedSignal(live, view)
    if (awaited && live.server.pid !== null) return signal(live.server.pid, awaited)
    show({ notice: 'No lab runs that waits for a signal; s sends any signal to the selected process.' })
  },
})

export const signalUp = command({
  id: 'up',
  context: 'menu',
  keys: ['up', 'k'],
  shows: '↑ k',
  help: 'move up',
  hint: 'up',
  run: (app) => app.move(-1),
})

export const signalDown = command({
  id: 'down',
  context: 'menu',
  keys: ['down', 'j'],
  shows: '↓ j',
  help: 'move down',
  hint: 'down',
  run: (app) => app.move(1),
})

export const sendSignal = command({
  id: 'accept',
  context: 'menu',
  keys: ['return'],
  shows: '⏎',
  help: 'choose',
  hint: 'choose',
  run({ scene: { state, view }, signal, show }) {
    const row = selectedRow(shownRows(state, view), view.row)
    if (row && view.overlay?.kind === 'signals') signal(row.process.pid, menuSignals[view.overlay.index]!)
    show({ overlay: null })
  },
})

export const closeSignals = command({
  id: 'cancel',
  context: 'menu',
  keys: ['escape', 'q', 's'],
  shows: 'Esc',
  help: 'close',
  hint: 'close',
  run: ({ show }) => show({ overlay: null }),
})
