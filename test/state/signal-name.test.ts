import { constants } from 'node:os'
import { expect, test } from 'vitest'
import { signalName } from '../../src/state/signal-name.ts'

test('signals are called as this system calls them', () => {
  for (const number of new Set(Object.values(constants.signals)))
    expect(constants.signals).toHaveProperty(signalName(number), number)
})

test('a realtime signal is counted from the first of them, and what is none is a number', () => {
  expect([32, 34, 36, 64].map(signalName)).toEqual(['signal 32', 'SIGRTMIN', 'SIGRTMIN+2', 'SIGRTMIN+30'])
})
