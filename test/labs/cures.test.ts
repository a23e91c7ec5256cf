import { describe, expect, test } from 'vitest'
import { findRun } from '../support/find-run.ts'
import { type RunningLab, startLab } from './start-lab.ts'

/** In what each waits for the signal, and what it says of a signal that it got. */
const cures = [
  { name: 'self-pipe', calls: ['select', 'pselect'], got: /select reports.*\n5\. Drained: 1 byte,/ },
  {
    name: 'signalfd',
    calls: ['select', 'pselect'],
    got: /select returns 1.*\n4\. Read: signal 10 from process PID/,
  },
  { name: 'ppoll', calls: ['ppoll'], got: /ppoll fails: EINTR/ },
]

describe.each(cures)('$name', ({ name, calls, got }) => {
  const expected = new RegExp(got.source.replace('PID', `${process.pid}`))

  test('a SIGUSR1 in the window is not missed: it ends by that one alone', async () => {
    const lab = startLab(name, { window: 1 })
    await lab.said('The window is open')
    await lab.send('SIGUSR1')
    expect(await lab.ended).toBe(0)
    expect(lab.output()).toMatch(expected)
  })

  test('without a signal it waits; one that comes then ends it', async () => {
    const lab: RunningLab = startLab(name, { window: 1 })
    await lab.said('The window is closed')
    await lab.waitsIn(...calls)
    expect(lab.output()).not.toContain('Got signal')
    process.kill(lab.waiter(), 'SIGUSR1')
    expect(await lab.ended).toBe(0)
    expect(lab.output()).toMatch(expected)
  })
})

test('self-pipe says its five steps in order', async () => {
  const lab = startLab('self-pipe', { window: 1 })
  await lab.said('The window is open')
  await lab.send('SIGUSR1')
  await lab.ended
  const steps = [...lab.output().matchAll(/^(\d)\. /gm)].map(([, step]) => Number(step))
  expect(steps).toEqual([1, 2, 3, 4, 5])
})

test.each(['signalfd', 'ppoll'])('%s passes a signal on that was sent to its first process', async (name) => {
  const lab = startLab(name, { window: 1 })
  await lab.said('The window is open')
  expect(lab.waiter()).not.toBe(lab.pid)
  process.kill(lab.pid, 'SIGUSR1')
  expect(await lab.ended).toBe(0)
})

test.each(['signalfd', 'ppoll'])('%s leaves no child behind when it is ended', async (name) => {
  const lab = startLab(name, { window: 1 })
  await lab.said('The window is open')
  process.kill(lab.pid, 'SIGTERM')
  expect(await lab.ended).toBe(1)
  expect(findRun(lab.run)).toEqual([])
})
