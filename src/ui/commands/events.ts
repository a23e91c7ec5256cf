import { toEvent, toProcess } from '../jumps.ts'
import { selectedRow, shownRows } from '../selection.ts'
import { command } from './command.ts'

export const filter = command({
  id: 'filter',
  context: 'panes',
  keys: ['/'],
  shows: '/',
  help: 'filter the events',
  hint: 'filter',
  spare: 1,
  run: ({ view, show }) =>
    show({ pane: 'events', beside: 'events', overlay: { kind: 'filter', before: view.filter } }),
})

export const pause = command({
  id: 'pause',
  context: 'panes',
  keys: ['p'],
  shows: 'p',
  help: 'pause the events',
  run: ({ view, scene, show }) => show({ pausedLog: view.pausedLog ? null : scene.state.log }),
})

export const allEvents = command({
  id: 'all-events',
  context: 'panes',
  keys: ['escape'],
  shows: 'Esc',
  help: 'all events, the newest last',
  run: ({ show }) => show({ filter: '', pausedLog: null, event: null }),
})

export const eventToProcess = command({
  id: 'to-process',
  context: 'panes',
  keys: ['f'],
  shows: 'f',
  help: 'from event to process',
  run: ({ scene: { state, view }, show }) => show(toProcess(state, view, shownRows(state, view))),
})

export const processToEvent = command({
  id: 'to-event',
  context: 'panes',
  keys: ['b'],
  shows: 'b',
  help: 'from process to event',
  run: ({ scene: { state, view }, show }) =>
    show(toEvent(state, view, selectedRow(shownRows(state, view), view.row))),
})
