import { describe, expect, test } from 'vitest'
import { stripControl } from '../../src/state/strip-control.ts'
import { timesAsLong } from '../support/times-as-long.ts'

describe('what is drawn holds nothing that a terminal acts on', () => {
  test.each([
    ['plain text stays', 'GET / 200 — ¿qué? 你好 🙂', 'GET / 200 — ¿qué? 你好 🙂'],
    ['colours', '\x1b[1;31mred\x1b[0m', 'red'],
    ['colours with colons', '\x1b[38:2::1:2:3mred\x1b[m', 'red'],
    ['cursor and screen', 'a\x1b[2J\x1b[H\x1b[?1049h\x1b[5 qb', 'ab'],
    ['a title', 'a\x1b]0;evil\x07b', 'ab'],
    ['a title ended by ST', 'a\x1b]0;evil\x1b\\b', 'ab'],
    ['a link', '\x1b]8;;http://x\x1b\\text\x1b]8;;\x1b\\', 'text'],
    ['the clipboard', '\x1b]52;c;ZXZpbA==\x07', ''],
    ['device control', 'a\x1bP+q544e\x1b\\b\x1b_app\x1b\\c\x1b^pm\x1b\\d\x1bXsos\x1b\\e', 'abcde'],
    ['character sets and single escapes', '\x1b(0a\x1b)B\x1b7b\x1b8\x1bc\x1b=c\x1b#8', 'abc'],
    ['eight-bit controls', 'a\x9b31mb\x9d0;evil\x9cc\x90q\x9cd\x85e', 'abcd·e'],
    ['an unfinished sequence', 'a\x1b[31', 'a'],
    ['an unfinished title', 'a\x1b]0;evil', 'a'],
    ['a lone escape', 'a\x1b', 'a'],
    ['a title cut short by another sequence', '\x1b]0;evil\x1b[31mred', 'red'],
    ['a sequence made of the remains of two', '\x1b\x1b[31m[31mred', '[31mred'],
    ['a sequence around a sequence', '\x1b[\x1b[0m31mred', '31mred'],
    ['carriage returns', 'progress 1\rprogress 2\r\n', 'progress 1progress 2·'],
    ['tabs', 'a\tb', 'a b'],
    ['bells, backspaces, NUL and DEL', 'a\x07\b\0\x7fb', 'a····b'],
    ['right to left', 'a\u202egpj.exe\u202c\u2066\u2069\u200f\u061cb', 'agpj.exeb'],
    ['what is invisible', 'a\u200b\ufeff\u00ad\u{e0041}b', 'ab'],
    ['line and paragraph separators', 'a\u2028b\u2029c', 'a·b·c'],
    ['half a character', 'a\ud800b', 'a·b'],
  ])('%s', (_, text, drawn) => {
    expect(stripControl(text)).toBe(drawn)
  })
})

test('nothing that is left is a control character, whatever came', () => {
  const pieces = [
    '\x1b',
    '[',
    ']',
    '0',
    ';',
    'm',
    '\x07',
    '\\',
    '\x9b',
    '\x9d',
    '\x9c',
    'P',
    '(',
    ' ',
    '\r',
    '\n',
    '\u202e',
    'é',
  ]
  let seed = 1
  for (let round = 0; round < 20_000; round++) {
    let text = ''
    for (let i = 0; i < 12; i++) {
      seed = (seed * 48271) % 0x7fffffff
      text += pieces[seed % pieces.length]
    }
    expect(stripControl(text)).not.toMatch(/[\p{Cc}\p{Cf}]/u)
  }
})

test('of the worst, ten times as much takes about ten times as long', () => {
  for (const piece of ['\x1b]', '\x1b[', '\x1b[0;', '\x1bP\x1b', '\x1b']) {
    const text = piece.repeat(1_000_000 / piece.length)
    const tenth = text.slice(0, text.length / 10)
    const ratio = timesAsLong(
      () => stripControl(text),
      () => stripControl(tenth),
    )
    expect(ratio).toBeLessThan(40) // and not a hundred
  }
})
