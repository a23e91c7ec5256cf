/** The name that was probably meant, or null when none is near: at most a third of its letters may differ. */
export function closest(given: string, names: Iterable<string>): string | null {
  let best: string | null = null
  let least = Math.max(1, Math.floor(given.length / 3)) + 1
  for (const name of names) {
    const distance = editDistance(given, name)
    if (distance < least) [best, least] = [name, distance]
  }
  return best
}

/** ` Did you mean prefork?`, or nothing. */
export function didYouMean(given: string, names: Iterable<string>): string {
  const name = closest(given, names)
  return name === null ? '' : ` Did you mean ${name}?`
}

/**
 * How many letters have to be added, left out, replaced or swapped with their neighbour to make one of the other.
 * Source: the optimal string alignment distance.
 */
function editDistance(a: string, b: string): number {
  const rows = [Array.from({ length: b.length + 1 }, (_, j) => j)]
  for (let i = 1; i <= a.length; i++) {
    const row = [i]
    for (let j = 1; j <= b.length; j++) {
      const isSame = a[i - 1] === b[j - 1]
      const isSwapped = a[i - 1] === b[j - 2] && a[i - 2] === b[j - 1]
      row[j] = Math.min(
        rows[i - 1]![j]! + 1,
        row[j - 1]! + 1,
        rows[i - 1]![j - 1]! + (isSame ? 0 : 1),
        isSwapped ? rows[i - 2]![j - 2]! + 1 : Number.POSITIVE_INFINITY,
      )
    }
    rows.push(row)
  }
  return rows[a.length]![b.length]!
}
