import { expect, test } from 'vitest'
import { MouseReports } from '../../src/ui/mouse.ts'

const take = (...pieces: string[]) => {
  const reports = new MouseReports()
  return pieces.map((piece) => reports.take(piece))
}

test('a press and the wheel are told, a release and other buttons are not; keys stay', () => {
  expect(take('a\x1b[<0;5;7Mb\x1b[<0;5;7m\x1b[<64;1;1M\x1b[<65;80;24M\x1b[<2;3;3Mc')).toEqual([
    {
      keys: 'abc',
      actions: [
        { what: 'press', x: 4, y: 6 },
        { what: 'wheel-up', x: 0, y: 0 },
        { what: 'wheel-down', x: 79, y: 23 },
      ],
    },
  ])
})

test('a report in pieces is one report, and an arrow is none', () => {
  expect(take('x\x1b[<0;1', '0;2', 'M\x1b[A').map(({ keys }) => keys)).toEqual(['x', '', '\x1b[A'])
  expect(take('\x1b[<0;1', '0;2M').flatMap(({ actions }) => actions)).toEqual([{ what: 'press', x: 9, y: 1 }])
})

test('an Escape alone is passed on at once', () => {
  expect(take('\x1b').map(({ keys }) => keys)).toEqual(['\x1b'])
})
