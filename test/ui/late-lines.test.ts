import { expect, test } from 'vitest'
import { LateLines } from '../../src/ui/late-lines.ts'

/** What Ink makes of a mark: it stands at the beginning of as many columns as the line has. */
const laidOut = (mark: string, width: number) => mark.padEnd(width)

test('a line takes the place of its mark and of the blanks behind it', () => {
  const late = new LateLines()
  const [left, right] = [late.mark('\x1b[32mab\x1b[39m  ', 4), late.mark('xyz', 3)]
  expect(late.resolve(`${laidOut(left, 4)}${laidOut(right, 3)}  \n${' '.repeat(4)}end`)).toEqual([
    '\x1b[32mab\x1b[39m  xyz',
    '    end',
  ])
})

test('text between marks stays, and so does within a line what looks like a mark', () => {
  const late = new LateLines()
  const mark = late.mark('~!! ', 4)
  expect(late.resolve(`a${laidOut(mark, 4)}b ~!`)).toEqual(['a~!! b ~!'])
})

test('marks are good for one frame', () => {
  const late = new LateLines()
  late.mark('old', 3)
  late.resolve('')
  expect(late.resolve(laidOut(late.mark('new', 3), 3))).toEqual(['new'])
})

test('a frame may have more lines than any terminal', () => {
  const late = new LateLines()
  const lines = Array.from({ length: 2000 }, (_, i) => `line ${i}`)
  const frame = lines.map((line) => laidOut(late.mark(line, 9), 9)).join('\n')
  expect(late.resolve(frame)).toEqual(lines)
})
