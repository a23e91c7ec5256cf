import { describeEvent } from '../report/describe-event.ts'
import type { LogEntry } from '../state/log.ts'
import type { State } from '../state/state.ts'
import type { View } from './view.ts'

/** The events that the user wants to see: as they are or were when paused, and those that hold the filter's text. */
export function shownEvents(state: State, { filter, pausedLog }: View): readonly LogEntry[] {
  const { entries } = pausedLog ?? state.log
  if (filter === '') return entries
  const wanted = filter.toLowerCase()
  return entries.filter((entry) => describeEvent(entry, state).text.toLowerCase().includes(wanted))
}
