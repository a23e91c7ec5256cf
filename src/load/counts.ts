/**
 * What a worker counts in memory that it shares with the process that started it, so that its counts can be read at
 * the same instant as the server's. Doubles, which hold every count up to 2^53.
 */
export const countNames = [
  'attempts',
  'connects',
  'succeeded',
  'refused',
  'requests',
  'retried',
  'unclosed',
  'bytes',
] as const

export type CountName = (typeof countNames)[number]
export type LoadCounts = Record<CountName, number>

/** Bytes that the counts of one worker take. */
export const COUNTS_SIZE = countNames.length * Float64Array.BYTES_PER_ELEMENT

/** The place of each count in the array. */
export const PLACE = Object.fromEntries(countNames.map((name, place) => [name, place])) as Record<
  CountName,
  number
>

/** The counts by name. */
export function namedCounts(shared: Float64Array): LoadCounts {
  return Object.fromEntries(countNames.map((name, place) => [name, shared[place]])) as LoadCounts
}
