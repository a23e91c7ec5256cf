import { describeDetail } from '../../report/describe-detail.ts'
import { describeEvent, type Told } from '../../report/describe-event.ts'
import { grouped } from '../../report/format.ts'
import type { LogEntry } from '../../state/log.ts'
import type { State } from '../../state/state.ts'
import { box } from '../box.ts'
import { clamp } from '../clamp.ts'
import { shownEvents } from '../shown-events.ts'
import type { Size } from '../size.ts'
import { cut, width as textWidth, wrap } from '../text.ts'
import { theme } from '../theme.ts'
import type { View } from '../view.ts'
import { wallClock } from '../wall-clock.ts'
import type { Pane } from './pane.ts'

/** Columns of `12:01:40.377` and the space behind it. */
const TIME_WIDTH = 13
/** Columns below which there is no room for sentences in the edge. */
const NARROW = 60

/** The latest events, newest last, or those around the selected one with what else is known of it. */
export const eventsPane: Pane<'events'> = {
  id: 'events',
  takesFocus: true,
  place: ({ lowerLeft }) => lowerLeft,
  draw({ state, view }, { width, height }) {
    const inside = width - 4
    const { visible, detail, newer } = visiblePart(state, view, { width, height })
    const lines = visible.map((entry) => eventLine(entry, state, view, inside))
    const empty = view.filter
      ? `No event holds "${view.filter}".`
      : 'What happens is told here: ⏎ starts a server.'
    return box({
      title: 'EVENTS',
      right: heading(state, view, width),
      bottom: detail.length > 0 && newer > 0 ? `${grouped(newer)} newer, End goes there` : '',
      width,
      height,
      focused: view.pane === 'events',
      lines:
        visible.length > 0
          ? [...lines, ...detail.map((line) => theme.dim(line))]
          : ['', theme.dim(cut(empty, inside))],
    })
  },
  move({ state, view }, step) {
    const events = shownEvents(state, view)
    // One that is not listed any more is as none.
    const at = events.findIndex(({ id }) => id === view.event)
    const from = at < 0 ? events.length - 1 : at
    const to = clamp(from + step, events.length)
    // At the newest one the pane follows those that come.
    return { event: to >= events.length - 1 && step > 0 ? null : (events[to]?.id ?? null) }
  },
  select: ({ state, view }, rect, line) => ({
    event: visiblePart(state, view, rect).visible[line]?.id ?? null,
  }),
}

function visiblePart(state: State, view: View, { width, height }: Size) {
  const events = shownEvents(state, view)
  const at = view.event === null ? -1 : events.findIndex(({ id }) => id === view.event)
  const detail = at < 0 ? [] : detailLines(events[at]!, state, width - 4).slice(0, height - 3)
  const room = Math.max(1, height - 2 - detail.length)
  const end = at < 0 ? events.length : Math.max(Math.min(room, events.length), at + 1)
  return { visible: events.slice(Math.max(0, end - room), end), detail, newer: events.length - end }
}

/** All that is known of an event, beginning with its text where the line above has no room for it. */
function detailLines(entry: LogEntry, state: State, width: number): string[] {
  const { text } = describeEvent(entry, state)
  const isCut = textWidth(text) > width - TIME_WIDTH
  const told = [...(isCut ? [text] : []), ...describeDetail(entry, state)]
  return told.flatMap((line) => wrap(`  ${line}`, width))
}

/** What keeps events from being shown as they come; in a narrow pane in signs. */
function heading(state: State, { filter, pausedLog, overlay }: View, width: number): string {
  const missed = grouped(pausedLog ? state.log.next - pausedLog.next : 0)
  const isNarrow = width < NARROW
  const typed = overlay?.kind === 'filter'
  const shown = isNarrow && filter.length > 12 ? `…${filter.slice(-11)}` : filter
  return [
    typed ? `filter ${theme.selected(`${shown}▏`)}` : shown && `filter "${shown}"`,
    pausedLog && theme.warning(isNarrow ? `❚❚ ${missed}` : `❚❚ paused, ${missed} since; p goes on`),
  ]
    .filter(Boolean)
    .join(' ')
}

function eventLine(entry: LogEntry, state: State, { event }: View, width: number): string {
  const { text, tone } = describeEvent(entry, state)
  const time = wallClock(entry.first, state.wallOffset)
  const said = cut(text, width - TIME_WIDTH)
  return entry.id === event ? theme.selected(`${time} ${said}`) : `${theme.dim(time)} ${tones[tone](said)}`
}

const tones: Record<Told['tone'], (text: string) => string> = {
  plain: (text) => text,
  bad: theme.bad,
  you: theme.you,
  zombie: theme.zombie,
}
