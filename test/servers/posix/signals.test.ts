import { expect, test } from 'vitest'
import { forkingProgram } from '../../support/run-forking.ts'

const program = forkingProgram('test/servers/posix/programs/signals.ts')

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

test('a SIGCHLD handler that loops reaps every child, however signals coalesce', async () => {
  expect(await program('reaps')).toBe(20)
})
