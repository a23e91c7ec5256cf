import type { Duration } from '../state/event.ts'

const UNITS: Record<string, Duration> = { ms: 1, s: 1000, m: 60_000, h: 3_600_000 }

/** `10s`, `500ms`, `1.5m` in milliseconds; null when it is none of these. */
export function parseDuration(text: string): Duration | null {
  const [, amount, unit] = /^([0-9]+(?:\.[0-9]+)?)(ms|s|m|h)$/.exec(text) ?? []
  return amount === undefined ? null : Number(amount) * UNITS[unit!]!
}

/** Milliseconds as parseDuration reads them: `10s`, `500ms`. */
export function durationText(time: Duration): string {
  for (const unit of ['h', 'm', 's'])
    if (time > 0 && time % UNITS[unit]! === 0) return `${time / UNITS[unit]!}${unit}`
  return `${time}ms`
}
