import { expect, test } from 'vitest'
import { close, pipe, read, setNonBlocking, WOULD_BLOCK, write } from '../../../servers/posix/index.ts'

const text = (bytes: Uint8Array, length = bytes.length) => Buffer.from(bytes.subarray(0, length)).toString()

test('what goes into a pipe comes out of it, and its end is told by 0', () => {
  const [readEnd, writeEnd] = pipe()
  expect(write(writeEnd, Buffer.from('hello'))).toBe(5)
  const into = new Uint8Array(10)
  expect(read(readEnd, into)).toBe(5)
  expect(text(into, 5)).toBe('hello')
  close(writeEnd)
  expect(read(readEnd, into)).toBe(0)
  close(readEnd)
})

test('a part of a buffer is read and written', () => {
  const [readEnd, writeEnd] = pipe()
  write(writeEnd, Buffer.from('abcdef'), 2, 3)
  const into = Buffer.from('......')
  expect(read(readEnd, into, 1, 2)).toBe(2)
  expect(into.toString()).toBe('.cd...')
  expect(read(readEnd, into, 4)).toBe(1)
  expect(into.toString()).toBe('.cd.e.')
  for (const fd of [readEnd, writeEnd]) close(fd)
})

test('no more is read or written than the buffer holds', () => {
  const [readEnd, writeEnd] = pipe()
  expect(write(writeEnd, Buffer.from('abc'), 1, 1000)).toBe(2)
  expect(read(readEnd, new Uint8Array(1), 0, 1000)).toBe(1)
  expect(read(readEnd, new Uint8Array(4), 9, 4)).toBe(0)
  for (const fd of [readEnd, writeEnd]) close(fd)
})

test('a view into a larger buffer is used where it is', () => {
  const [readEnd, writeEnd] = pipe()
  const whole = Buffer.from('0123456789')
  write(writeEnd, whole.subarray(3, 6))
  const into = new Uint8Array(3)
  read(readEnd, into)
  expect(text(into)).toBe('345')
  for (const fd of [readEnd, writeEnd]) close(fd)
})

test('a descriptor that does not block says so instead of waiting, and can be told to wait again', () => {
  const [readEnd, writeEnd] = pipe()
  setNonBlocking(readEnd)
  setNonBlocking(writeEnd)
  expect(read(readEnd, new Uint8Array(1))).toBe(WOULD_BLOCK)
  const block = new Uint8Array(1 << 16)
  while (write(writeEnd, block) !== WOULD_BLOCK);
  expect(read(readEnd, block)).toBe(block.length)
  expect(write(writeEnd, new Uint8Array(1))).toBe(1)
  setNonBlocking(readEnd, false)
  close(writeEnd)
  while (read(readEnd, block) > 0);
  close(readEnd)
})

test('writing where nobody reads any more is EPIPE', () => {
  const [readEnd, writeEnd] = pipe()
  close(readEnd)
  expect(() => write(writeEnd, new Uint8Array(1))).toThrow('write: EPIPE')
  close(writeEnd)
})
