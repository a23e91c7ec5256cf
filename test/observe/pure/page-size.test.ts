import { execFileSync } from 'node:child_process'
import { expect, test } from 'vitest'
import { PAGE_SIZE, pageSizeIn } from '../../../src/observe/page-size.ts'

const entry = (type: number, value: number) => {
  const words = Buffer.alloc(16)
  words.writeBigUInt64LE(BigInt(type), 0)
  words.writeBigUInt64LE(BigInt(value), 8)
  return words
}

test('memory is right where pages are larger, as on some arm64 machines', () => {
  expect(pageSizeIn(Buffer.concat([entry(33, 7), entry(6, 65_536), entry(0, 0)]))).toBe(65_536)
  expect(pageSizeIn(Buffer.concat([entry(6, 16_384)]))).toBe(16_384)
})

test('the size of a page here is what the system says', () => {
  expect(PAGE_SIZE).toBe(Number(execFileSync('getconf', ['PAGESIZE'], { encoding: 'utf8' })))
})
