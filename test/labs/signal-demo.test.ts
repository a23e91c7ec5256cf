import { expect, test } from 'vitest'
import { until } from '../support/until.ts'
import { startLab } from './start-lab.ts'

test('signal-demo tells each signal with the time, and ends at SIGTERM', async () => {
  const lab = startLab('signal-demo', { signal: 'SIGUSR2' })
  await lab.said('waits for SIGUSR2')
  const heard = () =>
    lab
      .output()
      .split('\n')
      .filter((line) => line.includes('got SIGUSR2')).length
  for (const count of [1, 2, 3]) {
    process.kill(lab.pid, 'SIGUSR2')
    await until(() => heard() === count, `line ${count}`)
  }
  process.kill(lab.pid, 'SIGTERM')
  expect(await lab.ended).toBe(0)
  expect(lab.output()).toMatch(/\n\d\d:\d\d:\d\d\.\d{3} got SIGUSR2, number 12\n/)
  expect(lab.output()).toMatch(/ got SIGTERM: the end\n$/)
})

test('SIGINT ends it too', async () => {
  const lab = startLab('signal-demo')
  await lab.said('waits for SIGUSR1')
  process.kill(lab.pid, 'SIGINT')
  expect(await lab.ended).toBe(0)
})
