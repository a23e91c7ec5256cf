import { expect, test } from 'vitest'
import { limit } from '../support/calibration.ts'
import { processRows, rowShows, toNumber } from './process-rows.ts'
import { openModel, type Screen } from './screen.ts'
import { select, send } from './send-signal.ts'

/** Every child always has a client in hand, since each takes its time and more clients wait: long enough for us, too. */
const busy = ['--children', '4', '--delay', `${Math.ceil(limit(100))}`, '-c', '8', '-t', '10']

async function killUnderLoad(screen: Screen): Promise<number> {
  const pid = await select(screen, 'child 1')
  screen.press('l')
  await screen.shows(/[1-9]\d* \/ 80/)
  await send(screen, 'SIGKILL')
  await screen.shows(new RegExp(`you → SIGKILL → child 1 ${pid} `))
  return pid
}

async function expectOneLost(screen: Screen): Promise<void> {
  const [, failed, errno, count] = await screen.shows(
    /80 \/ 80[\s\S]*failed (\d+): (ECONNRESET|SHORT) (\d+)/,
    30_000,
  )
  expect([failed, count]).toEqual(['1', '1'])
  expect(errno).toBeTruthy()
  await screen.shows(/load done: 79 succeeded, 1 failed/)
  const [, connects, accepted] = await screen.shows(
    /connects ([\d,]+) = accepted ([\d,]+) \+ queued 0 \+ refused 0 +balanced ✓/,
  )
  expect([toNumber(connects!), toNumber(accepted!)]).toEqual([80, 80])
}

test('a child of prefork that is killed under load: which, how, and what it cost', async () => {
  const screen = await openModel('prefork', ...busy)
  const pid = await killUnderLoad(screen)
  await rowShows(screen, pid, /Z zombie [\d.]+ m?s: ended by SIGKILL/)
  await screen.shows(new RegExp(`child 1 ${pid} ended by SIGKILL`))
  await expectOneLost(screen)
  expect(processRows(screen).reduce((sum, { accepts }) => sum + accepts, 0)).toBe(80)
  await screen.shows(/4 processes/)
})

test('a child of prefork-fd that is killed under load is replaced, and the server goes on', async () => {
  const screen = await openModel('prefork-fd', ...busy)
  const pid = await killUnderLoad(screen)
  await rowShows(screen, pid, /✗ ended by SIGKILL [\d.]+ m?s ago, reaped after [\d.]+ m?s/)
  await screen.shows(new RegExp(`parent \\d+ reaped child 1 ${pid}`))
  await screen.shows(/parent \d+ forked \d+/)
  await expectOneLost(screen)
  await screen.shows(/5 processes/)
  await rowShows(screen, 'child 4', /S recv/)
})
