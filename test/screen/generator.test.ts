import { join } from 'node:path'
import { expect, test } from 'vitest'
import { python } from '../support/python.ts'
import { root } from '../support/root.ts'
import { openModel, openScreen, type Screen, startLoad } from './screen.ts'

const fixture = join(root, 'test/fixtures/generator.py')
const generator = (...args: number[]) => [python, fixture, '{host}', '{port}', ...args].join(' ')

/** Living processes of the generator's: none is the launcher, which has its command line behind its own. */
function generators(screen: Screen): number[] {
  return screen
    .commandLines()
    .filter(([, line]) => line.startsWith(`${python}\0${fixture}`))
    .map(([pid]) => pid)
}

test('l starts the generator, and its connections are those of others, each counted', async () => {
  const screen = await openModel('prefork', '--load', generator(100, 200))
  await screen.shows(/generator\.py/)
  await screen.shows(/l starts it in the place of our clients/)
  await startLoad(screen)
  await screen.shows(/✓ done ─╮/)
  await screen.shows(/exit code 0 after [\d.]+ s/)
  await screen.shows(/requests and latencies: see its own output/)
  await screen.shows(/│ 200 connections/)
  await screen.shows(/connects 0 \+ others 200 = accepted 200 \+ queued 0 \+ refused 0/)
  await screen.shows(/load done: exit code 0/)
})

test('l again ends it, after it has summed up, and the server goes on', async () => {
  const screen = await openModel('fork', '--load', generator(10))
  await startLoad(screen)
  await screen.shows(/first connection/)
  expect(generators(screen)).toHaveLength(1)
  screen.press('l')
  await screen.shows(/■ stopped ─╮/)
  await screen.shows(/│ \d+ connections/)
  await screen.shows(/● up/)
  expect(generators(screen)).toEqual([])
  screen.press('l')
  await screen.shows(/● running ─╮/)
})

test('at 80×24 its last lines are seen, too', async () => {
  const screen = await openScreen({
    args: ['prefork', '--load', "sh -c 'seq 50; echo the sum; exit 2'"],
    cols: 80,
    rows: 24,
  })
  await screen.shows(/S accept/)
  screen.press('l')
  await screen.shows(/✗ failed ─╮/)
  await screen.shows(/│ the sum/)
})

test('its numbers are not ours to edit', async () => {
  const screen = await openModel('prefork', '--load', generator(10))
  screen.press('c')
  await screen.shows(/The load is the command given by --load: l starts and stops it/)
})

test('it ends with its server', async () => {
  const screen = await openModel('prefork', '--load', "sh -c 'echo begun; exec sleep 600'")
  await startLoad(screen)
  await screen.shows(/begun/)
  for (const pid of screen.servers()) process.kill(pid, 'SIGKILL')
  await screen.shows(/■ stopped ─╮/)
})
