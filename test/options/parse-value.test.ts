import { describe, expect, test } from 'vitest'
import { durationText, parseDuration } from '../../src/options/parse-duration.ts'
import { parseValue } from '../../src/options/parse-value.ts'

describe('a time', () => {
  test.each([
    ['10s', 10_000],
    ['500ms', 500],
    ['1.5m', 90_000],
    ['2h', 7_200_000],
  ])('%s is %i milliseconds', (text, time) => {
    expect(parseDuration(text)).toBe(time)
  })

  test.each(['', '10', 's', '-1s', '1d', '1e3s', '1s '])('"%s" is none', (text) => {
    expect(parseDuration(text)).toBe(null)
  })

  test.each(['10s', '500ms', '90s', '2h', '0ms'])('%s is written as it is read', (text) => {
    expect(durationText(parseDuration(text)!)).toBe(text)
  })
})

describe('a signal and its time', () => {
  test.each([
    ['HUP@5s', { signal: 'SIGHUP', after: 5000, to: 'server' }],
    ['sigterm@0.5s:workers', { signal: 'SIGTERM', after: 500, to: 'workers' }],
    ['9@0s', { signal: 'SIGKILL', after: 0, to: 'server' }],
  ])('%s', (text, timed) => {
    expect(parseValue('signals', text)).toEqual(timed)
  })

  test.each([
    'HUP',
    'HUP@',
    '@5s',
    'NOPE@5s',
    'HUP@5',
    'HUP@5s:',
    'HUP@5s:children',
    'HUP@5s:workers:workers',
  ])('"%s" is refused with what is taken', (text) => {
    expect(() => parseValue('signals', text)).toThrow(
      `--signal takes a signal and a time, such as HUP@5s or TERM@500ms:workers, not "${text}".`,
    )
  })
})

test('localhost is the loopback address, and no other name is an address', () => {
  expect(parseValue('host', 'localhost')).toBe('127.0.0.1')
  expect(parseValue('host', '::1')).toBe('::1')
  expect(() => parseValue('host', 'example.com')).toThrow('--host takes a numeric address')
})
