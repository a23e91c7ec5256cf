import { beforeEach, expect, test } from 'vitest'
import type { Event } from '../../../src/state/event.ts'
import { KeepOutput } from '../../../src/supervise/keep-output.ts'

let events: Event[]
let now: number
let keep: KeepOutput

beforeEach(() => {
  events = []
  now = 5_000
  keep = new KeepOutput(
    (event) => events.push(event),
    () => now,
  )
})

const write = (text: string) => keep.take('stdout', Buffer.from(text))
const lines = () => events.flatMap((event) => (event.type === 'output' ? [event.line] : []))
const skipped = () => events.flatMap((event) => (event.type === 'output-skipped' ? [event.bytes] : []))

test('each line is told once it is complete', () => {
  write('one\ntw')
  expect(events).toEqual([{ type: 'output', at: 5_000, stream: 'stdout', line: 'one' }])
  write('o\n\nthree\n')
  expect(lines()).toEqual(['one', 'two', '', 'three'])
})

test('a last line without an end is told at the end', () => {
  write('one\ntwo')
  keep.end('stdout')
  keep.end('stdout')
  expect(lines()).toEqual(['one', 'two'])
})

test('a character that comes in two parts is one character', () => {
  const bytes = Buffer.from('é\n')
  keep.take('stdout', bytes.subarray(0, 1))
  keep.take('stdout', bytes.subarray(1))
  expect(lines()).toEqual(['é'])
})

test('the two streams do not mix their lines', () => {
  keep.take('stdout', Buffer.from('out '))
  keep.take('stderr', Buffer.from('err '))
  keep.take('stdout', Buffer.from('1\n'))
  keep.take('stderr', Buffer.from('2\n'))
  expect(events).toMatchObject([
    { stream: 'stdout', line: 'out 1' },
    { stream: 'stderr', line: 'err 2' },
  ])
})

test('bytes taken may be overwritten by the next', () => {
  const buffer = Buffer.from('ab')
  keep.take('stdout', buffer)
  buffer.write('\n\n')
  keep.take('stdout', buffer)
  expect(lines()).toEqual(['ab', ''])
})

test('escape sequences are not kept', () => {
  write('\x1b[31mred\x1b[0m\x1b]0;title\x07\r\n')
  expect(lines()).toEqual(['red'])
})

test('a long line is cut at 400 characters', () => {
  write(`${'x'.repeat(400)}\n${'x'.repeat(401)}\n${'🙂'.repeat(400)}\n${'🙂'.repeat(401)}\n`)
  expect(lines()).toEqual(['x'.repeat(400), `${'x'.repeat(399)}…`, '🙂'.repeat(400), `${'🙂'.repeat(399)}…`])
})

test('of an endless line only the beginning is held, the rest is counted', () => {
  for (let i = 0; i < 100; i++) write('x'.repeat(1_000))
  keep.tell()
  write('\nnext\n')
  expect(lines()).toEqual([`${'x'.repeat(399)}…`, 'next'])
  expect(skipped()).toEqual([100_000 - 4_096])
})

test('two hundred lines a second are kept, the bytes of the rest counted', () => {
  write('line\n'.repeat(300))
  write('line\n'.repeat(300))
  expect(lines()).toHaveLength(200)
  expect(skipped()).toEqual([])
  keep.tell()
  expect(skipped()).toEqual([400 * 5])
  now += 999
  write('late\n')
  keep.tell()
  expect(skipped()).toEqual([400 * 5, 5])
  now += 1
  keep.tell()
  write('new\n')
  expect(lines().slice(200)).toEqual(['new'])
  expect(keep.restless).toBe(false)
})

test('a line whose beginning was skipped is skipped to its end', () => {
  write(`${'line\n'.repeat(200)}beginning `)
  write('middle ')
  now += 1_000
  keep.tell()
  write('end\nwhole\n')
  keep.tell()
  expect(lines().slice(200)).toEqual(['whole'])
  expect(skipped()).toEqual(['beginning middle '.length, 'end\n'.length])
})

test('every byte is kept or counted', () => {
  let written = 0
  for (let i = 0; i < 500; i++) {
    const text = `line ${i}\n`.repeat(i % 7) + 'x'.repeat(i % 11)
    written += text.length
    now += 7
    keep.take(i % 3 ? 'stdout' : 'stderr', Buffer.from(text))
    if (i % 10 === 0) keep.tell()
  }
  keep.end('stdout')
  keep.end('stderr')
  keep.tell()
  const kept = lines().reduce((sum, line) => sum + line.length + 1, 0)
  const unended = written - kept - skipped().reduce((sum, bytes) => sum + bytes, 0)
  expect(skipped().length).toBeGreaterThan(0)
  // The last line of each stream was kept without a newline.
  expect(unended).toBeGreaterThanOrEqual(-2)
  expect(unended).toBeLessThanOrEqual(0)
})
