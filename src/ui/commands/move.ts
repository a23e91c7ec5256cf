import { command } from './command.ts'
import { PAGE, WHOLE } from './steps.ts'

export const up = command({
  id: 'up',
  context: 'panes',
  keys: ['up', 'k'],
  shows: '↑ k',
  help: 'up in the pane',
  run: (app) => app.move(-1),
})

export const down = command({
  id: 'down',
  context: 'panes',
  keys: ['down', 'j'],
  shows: '↓ j',
  help: 'down in the pane',
  run: (app) => app.move(1),
})

export const pageUp = command({
  id: 'page-up',
  context: 'panes',
  keys: ['pageup'],
  shows: 'PgUp',
  help: 'ten lines up',
  run: (app) => app.move(-PAGE),
})

export const pageDown = command({
  id: 'page-down',
  context: 'panes',
  keys: ['pagedown'],
  shows: 'PgDn',
  help: 'ten lines down',
  run: (app) => app.move(PAGE),
})

export const first = command({
  id: 'first',
  context: 'panes',
  keys: ['home'],
  shows: 'Home',
  help: 'the first line',
  run: (app) => app.move(-WHOLE),
})

export const last = command({
  id: 'last',
  context: 'panes',
  keys: ['end'],
  shows: 'End',
  help: 'the last line',
  run: (app) => app.move(WHOLE),
})

export const nextPane = command({
  id: 'next-pane',
  context: 'panes',
  keys: ['tab'],
  shows: 'Tab',
  help: 'the next pane',
  hint: 'pane',
  spare: 1,
  run: (app) => app.focus(1),
})

export const previousPane = command({
  id: 'previous-pane',
  context: 'panes',
  keys: ['shift-tab'],
  shows: '⇧Tab',
  help: 'the previous pane',
  run: (app) => app.focus(-1),
})
