import { openSync } from 'node:fs'
import { constants } from 'node:os'
import { describe, expect, test } from 'vitest'
import { addon } from '../../../servers/posix/addon.ts'
import { mapShared } from '../../../servers/posix/descriptor.ts'
import { close, epollCreate, pipe, socketpair, write } from '../../../servers/posix/index.ts'

type Call = (...args: unknown[]) => number

/** The addon without its types: what a mistake in JavaScript can hand to it. */
const call = (name: string, ...args: unknown[]) => (addon[name] as unknown as Call)(...args)
const bytes = new Uint8Array(8)
const words = new Int32Array(8)

describe('an offset or a length that no buffer has is refused, and nothing is read or written', () => {
  test.each([
    [-1, 4],
    [0, -1],
    [Number.NaN, 4],
    [0, Number.NaN],
    [0.5, 4],
    [0, Infinity],
    [2 ** 53, 1],
    [-(2 ** 53), 1],
  ])('offset %d, length %d', (offset, length) => {
    const [readEnd, writeEnd] = pipe()
    write(writeEnd, Buffer.from('abc'))
    const into = new Uint8Array(8).fill(7)
    expect(() => call('read', readEnd, into, offset, length)).toThrow(RangeError)
    expect(() => call('write', writeEnd, into, offset, length)).toThrow(RangeError)
    expect(into).toEqual(new Uint8Array(8).fill(7))
    expect(call('read', readEnd, into, 0, 8)).toBe(3)
    for (const fd of [readEnd, writeEnd]) close(fd)
  })

  test('one that leads beyond the end is cut there, however large it is', () => {
    const [readEnd, writeEnd] = pipe()
    expect(call('write', writeEnd, Buffer.from('abc'), 1, 2 ** 40)).toBe(2)
    expect(call('write', writeEnd, Buffer.from('abc'), 2 ** 40, 1)).toBe(0)
    expect(call('read', readEnd, bytes, 7, 2 ** 32 + 1)).toBe(1)
    for (const fd of [readEnd, writeEnd]) close(fd)
  })
})

describe('a buffer that is too short for what the kernel writes is refused', () => {
  test.each([
    ['pipe', new Int32Array(1)],
    ['socketPair', new Int32Array(1)],
    ['waitpid', -1, new Int32Array(0), 1],
    ['select', 1, new Int32Array(31), null, 0],
    ['select', 1, null, new Int32Array(31), 0],
    ['select', 1025, new Int32Array(32), null, 0],
    ['select', -1, new Int32Array(32), null, 0],
    ['selectUnguarded', 2 ** 31 - 1, new Int32Array(32), null, 0],
    ['poll', words, 5, 0],
    ['poll', words, -1, 0],
    ['ppoll', words, 5, constants.signals.SIGUSR2],
    ['makeAddress', '::1', 1, new Uint8Array(15)],
    ['localName', 0, new Uint8Array(15)],
    ['shareSignals', new Int32Array(64)],
  ])('%s', (name, ...args) => {
    expect(() => call(name, ...args)).toThrow(RangeError)
  })

  test('epoll_wait writes no more pairs than there is room for', () => {
    const epoll = epollCreate()
    const ends = socketpair()
    for (const fd of ends) call('epollControl', epoll, 1, fd, 4, fd)
    const into = new Int32Array(3)
    expect(call('epollWait', epoll, into, 0)).toBe(1)
    expect(into[2]).toBe(0)
    expect(call('epollWait', epoll, new Int32Array(1), 0)).toBe(-constants.errno.EINVAL)
    for (const fd of [epoll, ...ends]) close(fd)
  })
})

describe('what is no argument of the call is refused', () => {
  test.each([
    ['close'],
    ['close', undefined],
    ['close', '3'],
    ['close', null],
    ['accept', {}],
    ['read', 0, null, 0, 1],
    ['read', 0, [1, 2], 0, 1],
    ['read', 0, new Float64Array(1), 0, 1],
    ['write', 1, 'text', 0, 1],
    ['read', 0, bytes, '0', 1],
    ['bind', 0, undefined],
    ['pipe', new Uint8Array(8)],
    ['select', 1, undefined, null, 0],
    ['poll', new Uint32Array(8), 1, 0],
    ['open', 7, 0, 0],
    ['nameThread', null],
    ['makeAddress', null, 1, new Uint8Array(28)],
  ])('%s', (name, ...args) => {
    expect(() => call(name, ...args)).toThrow(TypeError)
  })

  test.each([
    ['close', 2 ** 31],
    ['close', -(2 ** 31) - 1],
    ['close', 0.5],
    ['close', Number.NaN],
    ['sleep', Infinity],
    ['poll', words, 1, Infinity],
    ['select', 0, null, null, Number.NaN],
    ['select', 0, null, null, Infinity],
    ['sendFile', 0, 0, -1],
    ['makeAddress', '127.0.0.1', 65_536, new Uint8Array(28)],
    ['makeAddress', '127.0.0.1', -1, new Uint8Array(28)],
    ['open', 'a'.repeat(4096), 0, 0],
    ['open', '/dev/null\0x', 0, 0],
    ['signal', 10, 3],
    ['signal', 10, -1],
    ['startThread', 0, 2, 0],
    ['startThread', 0, 0, -1],
  ])('%s', (name, ...args) => {
    expect(() => call(name, ...args)).toThrow(RangeError)
  })

  test('a signal and a mutex that do not exist are errors of the call', () => {
    const { EINVAL } = constants.errno
    expect(call('signal', 65, 1)).toBe(-EINVAL)
    expect(call('blockSignal', 0)).toBe(-EINVAL)
    expect(call('signalFd', 99)).toBe(-EINVAL)
    for (const mutex of [-1, 15, 16, 2 ** 30]) {
      expect(call('lockMutex', mutex)).toBe(-EINVAL)
      expect(call('unlockMutex', mutex)).toBe(-EINVAL)
    }
  })
})

test('more of a file than there is cannot be mapped', () => {
  const file = openSync('/dev/null', 'r+')
  expect(() => mapShared(file, 4096)).toThrow('mmap: EINVAL')
  expect(() => mapShared(file, -1)).toThrow(RangeError)
  close(file)
})
