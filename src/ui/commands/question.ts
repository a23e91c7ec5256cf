import { unreachable } from '../../unreachable.ts'
import type { App } from '../control/app.ts'
import type { Question } from '../view.ts'
import { command } from './command.ts'

export const answerYes = command({
  id: 'yes',
  context: 'question',
  keys: ['y', 'return'],
  shows: 'y ⏎',
  help: 'yes',
  hint: 'yes',
  run(app) {
    const { overlay } = app.view
    app.show({ overlay: null })
    if (overlay?.kind === 'question') carryOut(app, overlay.question.onYes)
  },
})

export const answerNo = command({
  id: 'no',
  context: 'question',
  keys: ['n', 'escape', 'q'],
  shows: 'n',
  help: 'no',
  hint: 'no',
  run: (app) => app.show({ overlay: null }),
})

function carryOut(app: App, what: Question['onYes']): void {
  const { server, terminal, load, view, show } = app
  switch (what) {
    case 'quit':
      return terminal.quit()
    case 'stop':
      return server.stop()
    case 'start':
      return server.startChosen()
    case 'load':
      show({ agreed: [...view.agreed, what] })
      return load.start()
    case 'signal':
      return show({ agreed: [...view.agreed, what], notice: 's sends signals from now on.' })
    default:
      return unreachable(what)
  }
}
