/** How a number of connections came to those who compete for them. Shares are from 0 to 1. */
export type Distribution = {
  fair: number
  least: number
  most: number
  /** Standard deviation of the shares. */
  deviation: number
  verdict: 'too few to tell' | 'even' | 'lopsided' | 'starved'
  /** How many got nothing. */
  without: number
}

/** Fewer connections than so many for each say nothing about how they are distributed. */
const TELLING = 5
/** Even: nobody has more than so many times the fair share, nor less than its inverse. */
const EVEN = 2

/**
 * What to say of the counts of several competitors; null when there are fewer than two. The shares are of `all`
 * connections, which others, gone by now, may have had a part of.
 */
export function distributionOf(counts: readonly number[], all?: number): Distribution | null {
  const sum = counts.reduce((sum, count) => sum + count, 0)
  const total = all ?? sum
  if (counts.length < 2 || sum === 0) return null
  const fair = sum / total / counts.length
  const shares = counts.map((count) => count / total)
  const [least, most] = [Math.min(...shares), Math.max(...shares)]
  const deviation = Math.sqrt(shares.reduce((sum, share) => sum + (share - fair) ** 2, 0) / counts.length)
  const without = counts.filter((count) => count === 0).length
  const isTelling = sum / counts.length >= TELLING
  const isEven = most <= fair * EVEN && least >= fair / EVEN
  const verdict = !isTelling ? 'too few to tell' : without > 0 ? 'starved' : isEven ? 'even' : 'lopsided'
  return { fair, least, most, deviation, verdict, without }
}
