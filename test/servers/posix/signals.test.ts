import { expect, test } from 'vitest'
import { forkingProgram } from '../../support/run-forking.ts'

const program = forkingProgram('test/servers/posix/programs/signals.ts')

test('a handler runs when the signal interrupts a call, and then the call goes on', async () => {
  expect(await program('resumed')).toEqual(['handler', 'read 1'])
})

test('a handler may throw: that ends the call', async () => {
  expect(await program('throws')).toBe('from the handler')
})

test('a handler may end the process', async () => {
  expect(await program('exits')).toMatchObject({ code: 42 })
})

test('a handler runs at the next call that may wait, not in the middle of anything', async () => {
  expect(await program('notBetween')).toEqual([0, 1])
})

test('a handler runs once for all the times that its signal came since', async () => {
  expect(await program('coalesced')).toBe(1)
})

test('each signal has its own handler, which is told the name', async () => {
  expect(await program('named')).toEqual(['SIGHUP', 'SIGUSR2'])
})

test('a handler that throws does not take the other signals with it', async () => {
  expect(await program('othersAfterThrow')).toEqual(['SIGUSR2'])
})

test('a signal that the parent has not handled yet is not the child’s', async () => {
  expect(await program('notInherited')).toEqual({ inChild: 0, inParent: 1 })
})

test('a child has the handlers of its parent', async () => {
  expect(await program('handlerInherited')).toBe(9)
})

test('an ignored signal does nothing', async () => {
  expect(await program('ignored')).toBe('alive')
})

test('a signal can be given its default action back', async () => {
  expect(await program('defaultAgain')).toMatchObject({ code: null, signal: 'SIGTERM' })
})

test('SIGKILL and SIGSTOP cannot be handled', async () => {
  expect(await program('uncatchable')).toEqual([
    ['EINVAL', 'sigaction'],
    ['EINVAL', 'sigaction'],
  ])
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
  expect(await program('selectsOn')).toEqual({ count: 0, long: true, tooLong: false })
})

test('a select that is interrupted still watches its descriptors', async () => {
  expect(await program('selectsWhatIsReady')).toEqual({ count: 1, ready: true, runs: 1 })
})

test('a SIGCHLD handler that loops reaps every child, however signals coalesce', async () => {
  expect(await program('reaps')).toBe(20)
})

test('a file lock is held by one process at a time', async () => {
  expect(await program('lock')).toBe('abc')
})
