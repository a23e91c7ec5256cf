import { describeEvent, type Told } from '../../report/describe-event.ts'
import type { LogEntry } from '../../state/log.ts'
import type { State } from '../../state/state.ts'
import { frame } from '../frame.ts'
import { cut } from '../text.ts'
import { theme } from '../theme.ts'
import { wallClock } from '../wall-clock.ts'
import type { Size } from './size.ts'

/** The latest events, newest last; `back` lines further up when the user scrolled. */
export function eventsPane(state: State, back: number, focused: boolean, { width, height }: Size): string[] {
  const { entries } = state.log
  const room = height - 2
  const end = Math.max(Math.min(room, entries.length), entries.length - back)
  const visible = entries.slice(Math.max(0, end - room), end)
  return frame({
    title: 'EVENTS',
    right: back > 0 ? `${back} newer below, End goes there` : '',
    width,
    height,
    focused,
    lines: visible.map((entry) => eventLine(entry, state, width - 4)),
  })
}

function eventLine(entry: LogEntry, state: State, width: number): string {
  const { text, tone } = describeEvent(entry, state)
  const time = wallClock(entry.last)
  return `${theme.dim(time)} ${tones[tone](cut(text, width - time.length - 1))}`
}

const tones: Record<Told['tone'], (text: string) => string> = {
  plain: (text) => text,
  bad: theme.bad,
  you: theme.you,
  zombie: theme.zombie,
}
