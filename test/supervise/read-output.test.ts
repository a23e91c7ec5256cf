import { expect, test } from 'vitest'
import { limit, slowness } from '../support/calibration.ts'
import type { Story } from './support.ts'
import { shell } from './support.ts'

const MEGABYTE = 1024 * 1024
const skipped = (story: Story) => story.all('output-skipped').reduce((sum, { bytes }) => sum + bytes, 0)

test('a server that writes 100 MB ends, is counted to the byte, and costs little', async () => {
  const cpu = process.cpuUsage()
  const { heapUsed, external } = process.memoryUsage()
  const { server, story } = await shell("yes '123456789' | head -c 100000000; sleep 0.2; echo done")
  const from = performance.now()
  await server.gone
  const seconds = (performance.now() - from) / 1_000
  const kept = story.lines.reduce((sum, line) => sum + line.length + 1, 0)
  expect(kept + skipped(story)).toBe(100_000_005)
  const { user, system } = process.cpuUsage(cpu)
  expect((user + system) / 1e6 / seconds).toBeLessThan(0.1 * slowness())
  const now = process.memoryUsage()
  expect(now.heapUsed + now.external - heapUsed - external).toBeLessThan(16 * MEGABYTE)
  expect(story.all('output-skipped').length).toBeLessThan(12 * seconds)
  expect(story.lines.length).toBeLessThanOrEqual(200 * Math.ceil(seconds + 1))
})

test.each([
  ['in large pieces', 'exec yes'],
  ['in small pieces', 'while :; do echo hello; echo oops >&2; done'],
])('a server that writes for ever %s can be stopped, and costs little', async (_, script) => {
  const { server, story } = await shell(script)
  await story.first('output-skipped')
  const cpu = process.cpuUsage()
  const from = performance.now()
  while (performance.now() - from < 1_000) {
    const told = story.events.length
    await story.after(told)
  }
  const { user, system } = process.cpuUsage(cpu)
  expect((user + system) / 1e6 / ((performance.now() - from) / 1_000)).toBeLessThan(0.15 * slowness())
  await server.stop()
  expect(story.events.at(-1)!.type).toBe('server-gone')
})

test('a last line without an end is told before the server is gone', async () => {
  const { server, story } = await shell('printf "no end"')
  await server.gone
  expect(story.events.at(-1)!.type).toBe('server-gone')
  expect(story.lines).toEqual(['no end'])
})

test('a line is told at once', async () => {
  const { story } = await shell('echo one; read never; sleep 60')
  await story.line('one')
  expect(story.all('output')[0]!.at - story.all('server-started')[0]!.at).toBeLessThan(limit(400))
})

test("a server's output cannot act on the terminal", async () => {
  const { server, story } = await shell("printf '\\033[2J\\033]0;evil\\007\\033[31mred\\033[0m\\n'")
  await server.gone
  expect(story.lines).toEqual(['red'])
})
