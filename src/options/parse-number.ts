import { UsageError } from './usage-error.ts'

/** A whole number within its range. Throws UsageError with what is allowed, beginning with the option's name. */
export function parseNumber(label: string, text: string, { from, to }: { from: number; to: number }): number {
  const value = /^[0-9]+$/.test(text) ? Number(text) : Number.NaN
  if (value >= from && value <= to) return value
  throw new UsageError(`${label} takes a whole number from ${from} to ${to}, not "${text}".`)
}
