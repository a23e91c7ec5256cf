import { entries } from '../entries.ts'
import { command } from './command.ts'
import { PAGE, WHOLE } from './steps.ts'

export const openGuide = command({
  id: 'guide',
  context: 'panes',
  keys: ['g'],
  shows: 'g',
  help: 'the guide to the model',
  hint: 'guide',
  /** In the models pane the guide to the chosen model, elsewhere to the one that runs. */
  run({ view, guide, show }) {
    const isChosen = view.pane === 'models' || view.target.kind === 'command'
    const name = isChosen ? entries[view.model]!.name : view.target.name
    show({ overlay: { kind: 'guide', name, lines: guide(name), top: 0 } })
  },
})

export const guideUp = command({
  id: 'up',
  context: 'guide',
  keys: ['up', 'k'],
  shows: '↑ k',
  help: 'a line up',
  hint: 'up',
  run: (app) => app.move(-1),
})

export const guideDown = command({
  id: 'down',
  context: 'guide',
  keys: ['down', 'j'],
  shows: '↓ j',
  help: 'a line down',
  hint: 'down',
  run: (app) => app.move(1),
})

export const guidePageUp = command({
  id: 'page-up',
  context: 'guide',
  keys: ['pageup'],
  shows: 'PgUp',
  help: 'ten lines up',
  run: (app) => app.move(-PAGE),
})

export const guidePageDown = command({
  id: 'page-down',
  context: 'guide',
  keys: ['pagedown', 'space'],
  shows: 'PgDn',
  help: 'ten lines down',
  hint: 'ten lines',
  run: (app) => app.move(PAGE),
})

export const guideFirst = command({
  id: 'first',
  context: 'guide',
  keys: ['home'],
  shows: 'Home',
  help: 'to the beginning',
  run: (app) => app.move(-WHOLE),
})

export const guideLast = command({
  id: 'last',
  context: 'guide',
  keys: ['end'],
  shows: 'End',
  help: 'to the end',
  run: (app) => app.move(WHOLE),
})

export const closeGuide = command({
  id: 'cancel',
  context: 'guide',
  keys: ['escape', 'return', 'q', 'g'],
  shows: 'Esc',
  help: 'close',
  hint: 'close',
  run: ({ show }) => show({ overlay: null }),
})
