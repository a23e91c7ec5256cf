import type { App } from '../control/app.ts'
import { beginEditing } from '../editing.ts'
import { ask } from './ask.ts'
import { command } from './command.ts'

export const start = command({
  id: 'start',
  context: 'panes',
  keys: ['return'],
  shows: '⏎',
  help: 'start it; edit the field',
  hint: 'start',
  run: (app) => (app.view.pane === 'client' ? beginEditing(app) : startServer(app)),
})

export const stop = command({
  id: 'stop',
  context: 'panes',
  keys: ['x'],
  shows: 'x',
  help: 'stop the server',
  hint: 'stop',
  run(app) {
    const { server, manualConnections } = app.live
    const { phase, name } = server
    if (phase === 'none' || phase === 'gone') {
      app.server.cancelStart()
      return app.show({ notice: 'No server runs.' })
    }
    if (app.load.isRunning) return ask(app, `The load is running. Stop it and ${name}?`, 'stop')
    if (manualConnections.some(({ ended }) => !ended))
      return ask(app, `Connections by hand are open. Close them and stop ${name}?`, 'stop')
    if (app.view.target.isAttached) app.show({ notice: `${name} is left alone, and goes on.` })
    app.server.stop()
  },
})

export const toggleThreads = command({
  id: 'threads',
  context: 'panes',
  keys: ['t'],
  shows: 't',
  help: 'all threads, or fewer',
  hint: 'threads',
  spare: 2,
  run: (app) => app.show({ allThreads: !app.view.allThreads }),
})

function startServer(app: App): void {
  const { server, load } = app
  const { phase, ending } = app.live.server
  if (load.isRunning) return ask(app, `The load is running. Stop it and start ${server.chosen}?`, 'start')
  if (phase === 'running' && !ending && app.view.target.name === server.chosen)
    return ask(app, `${server.chosen} runs. Start it again?`, 'start')
  server.startChosen()
}
