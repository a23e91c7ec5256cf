import { expect, test } from 'vitest'
import { distributionOf } from '../../src/select/distribution.ts'

test.each([
  [[100, 98, 103, 99], 'even'],
  [[100, 100, 240, 90], 'even'],
  [[100, 100, 450, 90], 'lopsided'],
  [[100, 100, 20, 100], 'lopsided'],
  [[100, 0, 100, 100], 'starved'],
  [[3, 0, 5, 2], 'too few to tell'],
] as const)('%j is %s', (counts, verdict) => {
  expect(distributionOf(counts)?.verdict).toBe(verdict)
})

test('shares, deviation and who got nothing are told', () => {
  const found = distributionOf([300, 100, 0, 0])!
  expect(found).toMatchObject({ fair: 0.25, least: 0, most: 0.75, without: 2 })
  expect(found.deviation).toBeCloseTo(Math.sqrt((0.25 + 0 + 0.0625 + 0.0625) / 4), 10)
})

test('counts far above 255 stay exact, and one alone, or nothing at all, is no distribution', () => {
  expect(distributionOf([2 ** 52, 2 ** 52])).toMatchObject({ least: 0.5, most: 0.5, verdict: 'even' })
  expect(distributionOf([5])).toBeNull()
  expect(distributionOf([0, 0])).toBeNull()
})
