import type { App } from '../control/app.ts'
import { acceptNumber, beginEditing } from '../editing.ts'
import { askFirst } from './ask.ts'
import { command } from './command.ts'

export const toggleLoad = command({
  id: 'load',
  context: 'panes',
  keys: ['l'],
  shows: 'l',
  help: 'start or stop the load',
  hint: 'load',
  run(app) {
    const { load, show, view } = app
    if (load.locked) return show({ notice: load.locked })
    if (load.isRunning) return load.stop()
    if (askFirst(app, 'load', `${view.target.name} is somebody's server. Put load on it?`)) return
    load.start()
  },
})

export const editLoad = command({
  id: 'edit-client',
  context: 'panes',
  keys: ['c'],
  shows: 'c',
  help: 'edit the load, even running',
  hint: 'client',
  run: (app) => beginEditing(app),
})

export const acceptField = command({
  id: 'accept',
  context: 'editing',
  keys: ['return'],
  shows: '⏎',
  help: 'take the number',
  hint: 'take it',
  run: (app) => void acceptNumber(app),
})

export const nextField = command({
  id: 'down',
  context: 'editing',
  keys: ['down', 'tab'],
  shows: '↓',
  help: 'take it, go to the next',
  hint: 'next field',
  run: (app) => goOn(app, 1),
})

export const fieldBefore = command({
  id: 'up',
  context: 'editing',
  keys: ['up', 'shift-tab'],
  shows: '↑',
  help: 'take it, go back',
  hint: 'field before',
  run: (app) => goOn(app, -1),
})

export const leaveField = command({
  id: 'cancel',
  context: 'editing',
  keys: ['escape'],
  shows: 'Esc',
  help: 'leave the field as it was',
  hint: 'leave it',
  run: ({ show }) => show({ editing: null }),
})

export const eraseDigit = command({
  id: 'erase',
  context: 'editing',
  keys: ['backspace'],
  shows: '⌫',
  help: 'erase a digit',
  hint: 'erase',
  run: ({ view, show }) =>
    show({ editing: view.editing && { text: view.editing.text.slice(0, -1), error: null } }),
})

function goOn(app: App, step: 1 | -1): void {
  if (!acceptNumber(app)) return
  app.move(step)
  beginEditing(app)
}
