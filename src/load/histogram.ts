import type { Latency, LatencyBucket } from '../state/event.ts'

/** Below this every microsecond has a bucket of its own; above, each power of two has half as many. */
const LINEAR = 64
const PER_POWER = LINEAR / 2
const BUCKETS = LINEAR + PER_POWER * (32 - 6)

/** Counts of latencies in buckets that are at most 3 % wide; sums of several are exact. */
export class Histogram {
  readonly counts = new Uint32Array(BUCKETS)
  /** The longest latency, in microseconds. */
  max = 0

  record(microseconds: number): void {
    const value = Math.max(0, Math.round(microseconds))
    this.counts[bucketOf(value)]!++
    if (value > this.max) this.max = value
  }

  add(other: SparseHistogram): void {
    for (const [bucket, count] of other.buckets) this.counts[bucket]! += count
    this.max = Math.max(this.max, other.max)
  }

  get isEmpty(): boolean {
    return this.counts.every((count) => count === 0)
  }

  /** The buckets that hold anything, to be sent to another process. */
  sparse(): SparseHistogram {
    const buckets: [number, number][] = []
    for (const [bucket, count] of this.counts.entries()) if (count > 0) buckets.push([bucket, count])
    return { buckets, max: this.max }
  }

  /** Percentiles in milliseconds, each the upper end of its bucket; zeros when nothing was recorded. */
  latency(): Latency {
    const total = this.counts.reduce((sum, count) => sum + count, 0)
    const at = (share: number) => Math.min(this.#percentile(share * total), this.max) / 1000
    return { p50: at(0.5), p90: at(0.9), p99: at(0.99), p999: at(0.999), max: this.max / 1000 }
  }

  /** Coarser buckets for a chart, in milliseconds: from the first that holds anything to the last. */
  distribution(): LatencyBucket[] {
    const counts: number[] = []
    for (const [bucket, count] of this.counts.entries()) {
      if (count === 0) continue
      const coarse = coarseBucketOf(lowerEnd(bucket))
      counts[coarse] = (counts[coarse] ?? 0) + count
    }
    const first = counts.findIndex((count) => count > 0)
    return first < 0
      ? []
      : Array.from(counts.slice(first), (count = 0, i) => ({
          from: coarseEnds[first + i]! / 1000,
          to: coarseEnds[first + i + 1]! / 1000,
          count,
        }))
  }

  #percentile(rank: number): number {
    let seen = 0
    for (const [bucket, count] of this.counts.entries()) {
      seen += count
      if (count > 0 && seen >= rank) return upperEnd(bucket)
    }
    return 0
  }
}

export type SparseHistogram = { buckets: [bucket: number, count: number][]; max: number }

function bucketOf(value: number): number {
  if (value < LINEAR) return value
  const power = 31 - Math.clz32(value)
  return LINEAR + (power - 6) * PER_POWER + ((value >> (power - 5)) & (PER_POWER - 1))
}

function upperEnd(bucket: number): number {
  return lowerEnd(bucket + 1) - 1
}

function lowerEnd(bucket: number): number {
  if (bucket < LINEAR) return bucket
  const power = Math.floor((bucket - LINEAR) / PER_POWER) + 6
  const step = (bucket - LINEAR) % PER_POWER
  return (PER_POWER + step) * 2 ** (power - 5)
}

/** Below this, in microseconds, all is one coarse bucket. */
const SHORTEST = 2 ** 4
/**
 * Where the coarse buckets begin: two for each power of two, halved where a bucket of ours begins, next to the
 * square root of two, so that they are equally wide on a logarithmic scale.
 */
const coarseEnds = [
  0,
  ...Array.from({ length: 29 }, (_, i) => SHORTEST * 2 ** i).flatMap((power) => [
    power,
    Math.ceil((power * 45) / 32),
  ]),
]

function coarseBucketOf(value: number): number {
  if (value < SHORTEST) return 0
  const power = 31 - Math.clz32(value)
  const isUpper = value >= Math.ceil((2 ** power * 45) / 32)
  return 1 + 2 * (power - 4) + (isUpper ? 1 : 0)
}
