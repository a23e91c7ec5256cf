import { expect, test } from 'vitest'
import { forkingProgram } from '../../support/run-forking.ts'

const program = forkingProgram('test/servers/posix/programs/interrupted.ts')

test('a handler runs when the signal interrupts a call, and then the call goes on', async () => {
  expect(await program('resumed')).toEqual(['handler', 'read 1'])
})

test('a handler may throw: that ends the call', async () => {
  expect(await program('throws')).toBe('from the handler')
})

test('a handler may end the process', async () => {
  expect(await program('exits')).toMatchObject({ code: 42 })
})

test('pause returns when the handler has run', async () => {
  expect(await program('paused')).toBe(1)
})

test('pause does not wait for a signal that came just before', async () => {
  expect(await program('pausedTooLate')).toBe(1)
})

test('a sleep lasts as long as it was to, through all signals', async () => {
  expect(await program('sleepsOn')).toEqual({ long: true, interrupted: true })
})

test('a select that is interrupted waits only for the rest of its time', async () => {
  expect(await program('selectsOn')).toEqual({ count: 0, long: true })
})

test('a select that is interrupted still watches its descriptors', async () => {
  expect(await program('selectsWhatIsReady')).toEqual({ count: 1, ready: true, runs: 1 })
})

test('a file lock is held by one process at a time', async () => {
  expect(await program('lock')).toBe('abc')
})
