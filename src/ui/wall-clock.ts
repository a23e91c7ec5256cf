import { monotonic } from '../clock.ts'
import type { Millis } from '../state/event.ts'

/** Wall clock time minus monotonic time, taken once, so that an event's time does not flicker. */
const offset = Date.now() - monotonic()

/** A monotonic time as the clock on the wall showed it: `12:01:40.377`. */
export function wallClock(at: Millis): string {
  const time = new Date(offset + at)
  return `${time.toTimeString().slice(0, 8)}.${String(time.getMilliseconds()).padStart(3, '0')}`
}
