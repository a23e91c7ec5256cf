import { ask } from './ask.ts'
import { command } from './command.ts'

export const quit = command({
  id: 'quit',
  context: 'panes',
  keys: ['q'],
  shows: 'q',
  help: 'stop everything and quit',
  hint: 'quit',
  run: (app) =>
    app.load.isRunning
      ? ask(app, 'The load is running. Stop everything and quit?', 'quit')
      : app.terminal.quit(),
})

export const redraw = command({
  id: 'redraw',
  context: 'everywhere',
  keys: ['ctrl-l'],
  shows: 'Ctrl-L',
  help: 'draw the screen anew',
  run: ({ terminal }) => terminal.redraw(),
})

export const suspend = command({
  id: 'suspend',
  context: 'everywhere',
  keys: ['ctrl-z'],
  shows: 'Ctrl-Z',
  help: 'back to the shell; fg returns',
  run: ({ terminal, show }) => show({ notice: terminal.suspend() }),
})

export const quitNow = command({
  id: 'quit-now',
  context: 'everywhere',
  keys: ['ctrl-c'],
  shows: 'Ctrl-C',
  help: 'quit without asking',
  run: ({ terminal }) => terminal.quit(),
})
