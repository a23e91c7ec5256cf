import { expect, test } from 'vitest'
import { callArguments, isPending, startLab } from './start-lab.ts'

const SELECT = ['select', 'pselect']
const TIME_LIMIT = 4

test('a SIGUSR1 in the window is missed: select waits all the same, and the next one ends it', async () => {
  const lab = startLab('signal-race', { window: 1 })
  await lab.said('The window is open')
  await lab.send('SIGUSR1')
  await lab.said('select waits')
  await lab.waitsIn(...SELECT)
  // It waits without a limit, and the signal is gone: nothing will end this but another.
  expect(callArguments(lab.pid)[TIME_LIMIT]).toBe(0)
  expect(isPending(lab.pid, 'SIGUSR1')).toBe(false)
  expect(lab.output()).not.toContain('Got signal')

  process.kill(lab.pid, 'SIGUSR1')
  expect(await lab.ended).toBe(0)
  expect(lab.output()).toContain('Got signal: select fails: EINTR')
  expect(lab.output()).toContain('that signal was missed')
})

test('a SIGUSR1 after the window ends select at once', async () => {
  const lab = startLab('signal-race', { window: 1 })
  await lab.said('select waits')
  await lab.waitsIn(...SELECT)
  process.kill(lab.pid, 'SIGUSR1')
  expect(await lab.ended).toBe(0)
  expect(lab.output()).toContain('No signal came in the window')
})

test('the window counts down its seconds', async () => {
  const lab = startLab('signal-race', { window: 2 })
  await lab.said('select waits')
  expect(lab.output()).toMatch(/is open for 2 s.*\n {2}2 s\n {2}1 s\nThe window is closed/)
})
