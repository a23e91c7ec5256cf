import { expect, test } from 'vitest'
import { describeEnding, endingOf } from '../../src/state/ending.ts'

test('every exit code is told as it is', () => {
  for (let code = 0; code < 256; code++) expect(endingOf(code << 8)).toEqual({ code })
})

test.each([
  [9, 'ended by SIGKILL'],
  [15, 'ended by SIGTERM'],
  [6 | 0x80, 'ended by SIGABRT (core dumped)'],
  [11 | 0x80, 'ended by SIGSEGV (core dumped)'],
  [34, 'ended by SIGRTMIN'],
  [36, 'ended by SIGRTMIN+2'],
  [3 << 8, 'exit code 3'],
])('wait status %i is "%s"', (status, text) => {
  expect(describeEnding(endingOf(status))).toBe(text)
})
