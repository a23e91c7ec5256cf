const RUNS = 5

/**
 * How many times as long the one takes as the other. The quickest of some runs of each counts, so that what else the
 * machine does matters little, and its speed not at all.
 */
export function timesAsLong(much: () => unknown, little: () => unknown): number {
  return quickest(much) / quickest(little)
}

function quickest(work: () => unknown): number {
  const times = Array.from({ length: RUNS }, () => {
    const from = performance.now()
    work()
    return performance.now() - from
  })
  return Math.min(...times)
}
