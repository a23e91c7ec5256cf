import { beforeEach, expect, test } from 'vitest'
import { KeepLastLines } from '../../../src/supervise/keep-last-lines.ts'

let lines: string[]
let keep: KeepLastLines

beforeEach(() => {
  lines = []
  keep = new KeepLastLines((line) => lines.push(line))
})

const write = (text: string) => keep.take('stdout', Buffer.from(text))

test('lines are told when they are complete, a last one without an end at the end', () => {
  write('one\ntw')
  keep.tell()
  expect(lines).toEqual(['one'])
  write('o\n\nthree')
  keep.tell()
  keep.tell()
  expect(lines).toEqual(['one', 'two', ''])
  keep.end('stdout')
  keep.end('stdout')
  expect(lines).toEqual(['one', 'two', '', 'three'])
})

test('a complete line that is told only at the end is followed by no empty one', () => {
  write('one\n')
  keep.end('stdout')
  expect(lines).toEqual(['one'])
})

test('of much the last hundred lines are told', () => {
  for (let i = 0; i < 10_000; i++) write(`line ${i} of many, many, many, many, many\n`)
  write('the sum\n')
  keep.tell()
  expect(lines).toHaveLength(100)
  expect(lines[0]).toMatch(/^line 9901 /)
  expect(lines.at(-1)).toBe('the sum')
})

test('a line whose beginning was not kept is not told as if it were whole', () => {
  write(`${'x'.repeat(100_000)}\nthe sum\n`)
  keep.tell()
  expect(lines).toEqual(['the sum'])
})

test('one huge write and many small ones keep the same', () => {
  const text = Array.from({ length: 5_000 }, (_, i) => `line ${i} ${'é'.repeat(i % 50)}\n`).join('')
  write(text)
  keep.tell()
  const whole = lines
  lines = []
  const bytes = Buffer.from(text)
  for (let from = 0; from < bytes.length; from += 777) keep.take('stdout', bytes.subarray(from, from + 777))
  keep.tell()
  expect(lines).toEqual(whole)
})

test('of a line that was written over, what it was in the end is told', () => {
  write('10 %\r50 %\r100 %\ndone\r\n')
  keep.tell()
  write(`${'working\r'.repeat(20_000)}finished\n`)
  keep.tell()
  expect(lines).toEqual(['100 %', 'done', 'finished'])
})

test('nothing that a terminal would act on is told', () => {
  write('\x1b[2J\x1b[1mbold\x1b[0m \x07\x1b]0;title\x07end\n')
  keep.tell()
  expect(lines).toEqual(['bold ·end'])
})

test('what comes at one time is told with the summary of standard output last', () => {
  write('the sum\n')
  keep.take('stderr', Buffer.from('finished\n'))
  keep.tell()
  expect(lines).toEqual(['finished', 'the sum'])
})
