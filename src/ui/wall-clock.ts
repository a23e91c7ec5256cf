import type { Millis } from '../state/event.ts'

/** An instant of the state as the clock on the wall showed it: `12:01:40.377`. */
export function wallClock(at: Millis, offset: Millis): string {
  const time = new Date(offset + at)
  return `${time.toTimeString().slice(0, 8)}.${String(time.getMilliseconds()).padStart(3, '0')}`
}
