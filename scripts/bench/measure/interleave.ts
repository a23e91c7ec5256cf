import { median } from './median.ts'

/** What each side measured, in the order of the rounds: the n-th values were measured next to each other. */
export type Rounds<Side extends string, Value> = Record<Side, Value[]>

/**
 * Measures every side once in each round, one after the other. Every second round goes backwards, so that neither
 * side always has the place after the other, nor the machine's slow changes.
 */
export async function interleave<Side extends string, Value>(
  rounds: number,
  sides: Record<Side, () => Promise<Value>>,
): Promise<Rounds<Side, Value>> {
  const names = Object.keys(sides) as Side[]
  const measured = Object.fromEntries(names.map((name) => [name, []])) as unknown as Rounds<Side, Value>
  for (let round = 0; round < rounds; round++)
    for (const name of round % 2 === 0 ? names : names.toReversed()) measured[name].push(await sides[name]())
  return measured
}

/** The median of the ratios of values that were measured in the same round. */
export function medianRatio(above: readonly number[], below: readonly number[]): number {
  return median(above.map((value, round) => value / below[round]!))
}
