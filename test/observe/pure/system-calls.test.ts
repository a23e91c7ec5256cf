import { arch } from 'node:process'
import { expect, test } from 'vitest'
import { parseSyscall } from '../../../src/observe/system-calls.ts'

const accept = arch === 'arm64' ? 202 : 43

test('a process that waits in accept is said to', () => {
  expect(parseSyscall(`${accept} 0x13 0x0 0x0 0x0 0x0 0x0 0x7ffd6e8b 0x7f2c\n`)).toBe('accept')
})

test('a process that runs is said to', () => {
  expect(parseSyscall('running\n')).toBe('running')
})

test.each(['-1 0x7ffd 0x7f2c\n', '', '\n'])('%j is no system call', (text) => {
  expect(parseSyscall(text)).toBeNull()
})

test('a call without a name here keeps its number', () => {
  expect(parseSyscall('9999 0x0\n')).toBe('call 9999')
})
