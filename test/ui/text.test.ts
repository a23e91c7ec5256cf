import stringWidth from 'string-width'
import { expect, test } from 'vitest'
import { flow, width, wrap } from '../../src/ui/text.ts'

test('parts flow onto as few lines as they fit on', () => {
  expect(flow(['aaa', 'bb', 'cccc'], 7)).toEqual(['aaa  bb', 'cccc'])
  expect(flow([], 7)).toEqual([])
  expect(flow(['\x1b[1maaa\x1b[22m', 'bb'], 7)).toEqual(['\x1b[1maaa\x1b[22m  bb'])
})

test('a long sentence is broken between words, a word that is too long within it, and what fits is as it was', () => {
  expect(wrap('one two three', 7)).toEqual(['one two', 'three'])
  expect(wrap('  3 s left', 6)).toEqual(['  3 s', '  left'])
  expect(wrap('abcdefghij', 5)).toEqual(['abcde', 'fghij'])
  expect(wrap('Nagle    3   40.1', 20)).toEqual(['Nagle    3   40.1'])
})

test('colours take no columns, wide characters two', () => {
  expect(width('\x1b[38;5;80m╭─ ⣿ ▏\x1b[39m')).toBe(6)
  expect(width('界')).toBe(2)
})

test('signs that are known to be narrow are so wherever it is looked up', () => {
  for (let code = 0x20; code < 0x3100; code++) {
    const sign = String.fromCharCode(code)
    expect(`${sign} ${width(sign)}`).toBe(`${sign} ${stringWidth(sign)}`)
  }
})
