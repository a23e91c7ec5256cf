import { expect, test } from 'vitest'
import { Histogram } from '../../../src/load/histogram.ts'

/** A generator of the same numbers each time. */
function* random(): Generator<number> {
  for (let seed = 1; ; seed = (seed * 48_271) % 0x7fffffff) yield seed / 0x7fffffff
}

const numbers = random()
const draw = () => numbers.next().value as number

const distributions: Record<string, () => number> = {
  'even, up to 10 ms': () => draw() * 10_000,
  'a few microseconds': () => draw() * 50,
  'mostly fast, sometimes a second': () => (draw() < 0.95 ? 200 + draw() * 300 : draw() * 1_000_000),
  'over six orders of magnitude': () => 10 ** (1 + 6 * draw()),
  'always the same': () => 777,
}

test.each(Object.entries(distributions))('percentiles are within 3 %% of the truth: %s', (_, next) => {
  const values = Array.from({ length: 20_000 }, () => Math.round(next()))
  const histogram = new Histogram()
  for (const value of values) histogram.record(value)
  values.sort((a, b) => a - b)
  const { p50, p90, p99, p999, max } = histogram.latency()
  for (const [share, told] of [
    [0.5, p50],
    [0.9, p90],
    [0.99, p99],
    [0.999, p999],
  ] as const) {
    const truth = values[Math.ceil(share * values.length) - 1]! / 1000
    expect(told).toBeGreaterThanOrEqual(truth * 0.97)
    expect(told).toBeLessThanOrEqual(truth * 1.032 + 0.0005)
  }
  expect(max).toBe(values.at(-1)! / 1000)
})

test('every latency up to an hour falls into a bucket that reaches at most 3.2 % beyond it', () => {
  for (let value = 1; value < 3.6e9; value = Math.ceil(value * 1.0137)) {
    const histogram = new Histogram()
    histogram.record(value)
    histogram.record(2 ** 32 - 1)
    const told = histogram.latency().p50 * 1000
    expect(told).toBeGreaterThanOrEqual(value)
    expect(told).toBeLessThanOrEqual(value * 1.032)
  }
})

test('nothing recorded is no latency', () => {
  expect(new Histogram().latency()).toEqual({ p50: 0, p90: 0, p99: 0, p999: 0, max: 0 })
})

test('one latency is every percentile', () => {
  const histogram = new Histogram()
  histogram.record(1234)
  expect(histogram.latency()).toEqual({ p50: 1.234, p90: 1.234, p99: 1.234, p999: 1.234, max: 1.234 })
})

test('histograms of several processes add up to that of all', () => {
  const [one, two, sum, both] = [new Histogram(), new Histogram(), new Histogram(), new Histogram()]
  for (let i = 0; i < 5000; i++) {
    const value = draw() * 100_000
    for (const histogram of [i % 3 === 0 ? one : two, both]) histogram.record(value)
  }
  for (const part of [one, two]) sum.add(JSON.parse(JSON.stringify(part.sparse())))
  expect(sum.counts).toEqual(both.counts)
  expect(sum.latency()).toEqual(both.latency())
})

test('the distribution has every latency in the bucket that it belongs to, without gaps', () => {
  const values = Array.from({ length: 5000 }, () => Math.round(10 ** (0.3 + 7 * draw())))
  values.push(0, 15, 16, 22, 23, 44, 45, 63, 64, 89, 90, 127, 128, 719, 720, 2 ** 32 - 1)
  const histogram = new Histogram()
  for (const value of values) histogram.record(value)
  const distribution = histogram.distribution()
  expect(distribution[0]!.from).toBe(0)
  for (const [i, { from, to, count }] of distribution.entries()) {
    expect(from).toBe(distribution[i - 1]?.to ?? 0)
    expect(count).toBe(values.filter((value) => value >= from * 1000 && value < to * 1000).length)
  }
  expect(distribution).toHaveLength(57)
})

test('the buckets of the distribution are equally wide on a logarithmic scale', () => {
  const histogram = new Histogram()
  for (const value of [100, 60e6]) histogram.record(value)
  const distribution = histogram.distribution()
  expect(distribution[0]).toMatchObject({ from: 0.09, to: 0.128, count: 1 })
  expect(distribution.at(-1)).toMatchObject({ count: 1 })
  expect(distribution).toHaveLength(39)
  for (const { from, to } of distribution) expect(Math.log2(to / from)).toBeCloseTo(0.5, 1)
})

test('nothing recorded is distributed nowhere', () => {
  expect(new Histogram().distribution()).toEqual([])
})
