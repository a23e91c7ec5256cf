import type { Instant } from '../state/event.ts'

/** An instant as the clock on the wall showed it: `12:01:40.377`. `offset`: see wallOffset in the state. */
export function wallClock(at: Instant, offset: number): string {
  const time = new Date(offset + at)
  return `${time.toTimeString().slice(0, 8)}.${String(time.getMilliseconds()).padStart(3, '0')}`
}
