import { expect, test } from 'vitest'
import { LateLines } from '../../src/ui/late-lines.ts'

test('a line takes the place of its mark and of the blanks behind it', () => {
  const late = new LateLines()
  const [left, right] = [late.mark('\x1b[32mab\x1b[39m ', 3), late.mark('xyz', 3)]
  expect(late.resolve(`${left}  ${right}  \n${' '.repeat(4)}end`)).toEqual([
    '\x1b[32mab\x1b[39m xyz',
    '    end',
  ])
})

test('text between marks stays, and so do private characters within a line', () => {
  const late = new LateLines()
  const mark = late.mark('\ue001!', 2)
  expect(late.resolve(`a${mark} b`)).toEqual(['a\ue001!b'])
})

test('marks are good for one frame', () => {
  const late = new LateLines()
  late.mark('old', 3)
  late.resolve('')
  expect(late.resolve(`${late.mark('new', 3)}  `)).toEqual(['new'])
})
