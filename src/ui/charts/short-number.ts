import { grouped } from '../../report/format.ts'

const UNITS: [size: number, suffix: string][] = [
  [1e12, 'T'],
  [1e9, 'G'],
  [1e6, 'M'],
  [1e3, 'k'],
]

/** A number of at least 0 in three digits and at most six columns: `950`, `12.3k`, `1M`, `2e15`. */
export function shortNumber(n: number): string {
  const rounded = Number(n.toPrecision(3))
  if (rounded >= 1e15 || (rounded > 0 && rounded < 0.01)) return n.toExponential(0).replace('+', '')
  const [size, suffix] = UNITS.find(([size]) => rounded >= size) ?? [1, '']
  return `${Number((rounded / size).toPrecision(3))}${suffix}`
}

/** A count in full where that is possible: `1,376`. */
export function exactNumber(n: number): string {
  return Number.isInteger(n) && n < 1e9 ? grouped(n) : shortNumber(n)
}
