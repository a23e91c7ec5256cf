import { latestAbout, pidsOf } from '../select/find-events.ts'
import type { TreeRow } from '../select/tree.ts'
import type { State } from '../state/state.ts'
import { selectionOf } from './selection.ts'
import { shownEvents } from './shown-events.ts'
import type { View } from './view.ts'

/** From the selected event to the process that it is about, if that is listed. */
export function toProcess(state: State, view: View, rows: readonly TreeRow[]): Partial<View> {
  const event = shownEvents(state, view).find(({ id }) => id === view.event)
  if (!event) return { pane: 'events', beside: 'events', notice: 'Select an event with ↑ ↓ first.' }
  if (pidsOf(event.what).length === 0) return { notice: 'That event is of no single process.' }
  const row = pidsOf(event.what)
    .map((pid) => selectionOf(rows, pid))
    .find(Boolean)
  return row ? { pane: 'processes', row } : { notice: 'No process of that event is listed any more.' }
}

/** From the selected process back to the event that led to it, or to the latest that is about it. */
export function toEvent(state: State, view: View, row: TreeRow | undefined): Partial<View> {
  if (!row) return { pane: 'processes', notice: 'Select a process with ↑ ↓ first.' }
  const { pid } = row.process
  const entries = shownEvents(state, view)
  const selected = entries.find(({ id, what }) => id === view.event && pidsOf(what).includes(pid))
  const event = selected ?? latestAbout(entries, pid)
  return event
    ? { pane: 'events', beside: 'events', event: event.id }
    : { notice: 'No event of the selected process is listed.' }
}
