import { once } from 'node:events'
import { createServer } from 'node:net'
import { setTimeout as sleep } from 'node:timers/promises'
import { expect, test } from 'vitest'
import { models } from '../../servers/catalog.ts'
import { limit } from '../support/calibration.ts'
import { focusedPane, selected } from './cells.ts'
import { processRows } from './process-rows.ts'
import { openModel, type Screen, startLoad } from './screen.ts'

/** Chooses the model in the models pane, without starting it. */
async function choose(screen: Screen, model: string): Promise<void> {
  while (focusedPane(screen) !== 'MODELS') {
    const before = focusedPane(screen)
    screen.press('Shift-Tab')
    await screen.until(() => focusedPane(screen) !== before, 'another pane')
  }
  const isChosen = (name: string) => () => selected(screen).some((line) => line.startsWith(`▸ ${name} `))
  screen.press('Home')
  await screen.until(isChosen(models[0]!.name), 'the first model')
  screen.press(...Array<string>(models.findIndex(({ name }) => name === model)).fill('Down'))
  await screen.until(isChosen(model), `${model} chosen`)
}

const isAlive = (pid: number) => {
  try {
    return process.kill(pid, 0)
  } catch {
    return false
  }
}

test('another model is started when the old one is stopped completely, and back again', async () => {
  const screen = await openModel('prefork', '--children', '3')
  const old = await screen.until(
    () => (processRows(screen).length === 4 ? processRows(screen) : null),
    '4 processes',
  )
  await choose(screen, 'prefork-fd')
  screen.press('Enter')
  await screen.shows(/prefork-fd · the parent accepts[\s\S]*▸ prefork-fd +●/)
  await screen.shows(/nothing of prefork is left[\s\S]*prefork-fd is starting/)
  expect(old.map(({ pid }) => pid).filter(isAlive)).toEqual([])
  await screen.until(
    () => processRows(screen).filter(({ rest }) => /S recv/.test(rest)).length === 3,
    'its children',
  )
  await screen.hides(/ended ·/)
  await choose(screen, 'prefork')
  screen.press('Enter')
  await screen.shows(/nothing of prefork-fd is left/)
  await screen.until(
    () => processRows(screen).filter(({ rest }) => /S accept/.test(rest)).length === 3,
    'the children of prefork',
  )
  await startLoad(screen)
  await screen.shows(/connects 15,000 = accepted 15,000 .* balanced ✓/, 60_000)
})

test('what the old server did last is told before the new one starts', async () => {
  const screen = await openModel('prefork', '--children', '3')
  await screen.shows(/4 processes/)
  await choose(screen, 'select')
  screen.press('Enter')
  await screen.shows(/S p?select/)
  const events = await screen.until((text) => {
    const lines = text.split('\n').filter((line) => /\d\d:\d\d:\d\d\.\d{3}/.test(line))
    return lines.some((line) => line.includes('select is starting')) ? lines : null
  }, 'the start in the events')
  // What is still to come would come within a turn or two of the observer.
  await sleep(limit(150))
  expect(events.findIndex((line) => line.includes('reaped 3 children'))).toBeGreaterThan(-1)
  expect(events.findIndex((line) => line.includes('select is starting'))).toBe(events.length - 1)
})

test('switching under load asks first', async () => {
  const screen = await openModel('prefork', '--delay', '50')
  screen.press('l')
  await screen.shows(/● running/)
  await choose(screen, 'iterative')
  screen.press('Enter')
  await screen.shows(/The load is running\. Stop it and start iterative\? +y yes +n no/)
  screen.press('y')
  await screen.shows(/iterative · one client[\s\S]*1 process · 0 accepts/)
  await screen.shows(/connects 0 = accepted 0/)
})

test('a port that another program has taken meanwhile is a notice, and the screen goes on', async () => {
  const screen = await openModel('iterative')
  screen.press('x')
  await screen.shows(/iterative is stopped/)
  const other = createServer().listen(screen.port, '127.0.0.1')
  await once(other, 'listening')
  screen.press('Enter')
  await screen.shows(
    new RegExp(
      `Port ${screen.port} on 127\\.0\\.0\\.1 is in use: stop the other program, or choose another port`,
    ),
  )
  other.close()
  await once(other, 'close')
  screen.press('Enter')
  await screen.shows(/● up[\s\S]*S accept/)
  await screen.hides(/is in use/)
})

test('Enter pressed twice at once starts one server', async () => {
  const screen = await openModel('iterative')
  await choose(screen, 'prefork')
  screen.press('Enter', 'Enter')
  await screen.until(
    () => processRows(screen).filter(({ rest }) => /^S accept/.test(rest)).length === 10,
    'ten children',
  )
  await screen.hides(/is in use/)
  await screen.shows(/11 processes/)
  await screen.until(() => screen.servers().length === 11, 'one server only')
})

test('x right behind Enter stops what Enter starts', async () => {
  const screen = await openModel('iterative')
  await choose(screen, 'select')
  screen.press('Enter', 'x')
  await screen.shows(/■ stopped|No server runs/)
  await screen.until(() => screen.servers().length === 0, 'no server')
})

test('quitting while another model starts leaves nothing', async () => {
  const screen = await openModel('iterative')
  await choose(screen, 'prefork')
  screen.press('Enter', 'q')
  expect(await screen.ended).toBe(0)
  await screen.until(() => screen.processes().length === 0, 'no process', 2_000)
})
