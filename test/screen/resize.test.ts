import { setTimeout as sleep } from 'node:timers/promises'
import { expect, test } from 'vitest'
import { selected } from './cells.ts'
import { openScreen, type Screen, startLoad } from './screen.ts'

const open = async (...args: string[]) => {
  const screen = await openScreen({ args: ['prefork', '--children', '4', ...args] })
  await screen.shows(/S accept/)
  return screen
}

/** Every pane reaches the last column, and the last row holds the keys. */
const fits = (screen: Screen) =>
  screen.until(() => {
    const rows = screen.rows()
    const { cols } = screen.emulator
    const framed = rows.slice(rows[1]!.startsWith(' ◂') ? 2 : 1, -2)
    return (
      framed.every((row) => row.length === cols && /[│╮╯]$/.test(row)) && /start .* quit/.test(rows.at(-1)!)
    )
  }, 'a screen that fits')

test('a terminal that shrinks to 40×10 says what is needed, and all is well again when it grows', async () => {
  const screen = await open()
  screen.resize(40, 10)
  await screen.shows(/^csdesign-tui needs 80×24; this is 40×10\.$/m)
  expect(screen.rows().filter(Boolean)).toHaveLength(1)
  screen.resize(120, 40)
  await fits(screen)
  await screen.shows(/5 processes/)
})

test('a terminal too narrow for the sentence gets the beginning of it', async () => {
  const screen = await open()
  screen.resize(12, 3)
  await screen.shows(/^csdesign-tui/m)
  screen.resize(80, 24)
  await fits(screen)
})

test('q quits also while the terminal is too small', async () => {
  const screen = await open()
  screen.resize(40, 10)
  await screen.shows(/needs 80×24/)
  screen.press('q')
  expect(await screen.ended).toBe(0)
})

test.each([
  [80, 24],
  [100, 30],
  [99, 40],
  [200, 24],
  [250, 70],
])('every pane fits at %i×%i after a resize', async (cols, rows) => {
  const screen = await open()
  screen.resize(cols, rows)
  await fits(screen)
})

test('a menu stays open and usable over a resize', async () => {
  const screen = await open()
  screen.press('Down', 's')
  await screen.shows(/SIGNAL TO parent/)
  screen.resize(80, 24)
  await screen.shows(/◂ prefork[\s\S]*SIGNAL TO parent/)
  for (let i = 0; i < 9; i++) screen.press('Down')
  await screen.until(() => selected(screen).some((line) => line.startsWith('SIGPIPE')), 'the last signal')
})

test('twenty resizes a second for two seconds under load leave a whole screen and a server that goes on', async () => {
  const screen = await open('-c', '4', '-t', '50000')
  await startLoad(screen)
  for (let i = 0; i < 40; i++) {
    screen.resize(80 + ((i * 37) % 90), 24 + ((i * 13) % 30))
    await sleep(50) // the pace is what is tested
  }
  screen.resize(120, 40)
  await fits(screen)
  await screen.shows(/● up/)
  screen.press('?')
  await screen.shows(/HELP ─/)
})

test.each([
  [40, 10],
  [79, 24],
  [80, 23],
])('opened at %i×%i it is a sentence and exit code 1, and nothing is started', async (cols, rows) => {
  const screen = await openScreen({ args: ['prefork'], cols, rows, shell: true })
  await screen.shows(/^ended: 1$/m)
  await screen.until(
    (text) =>
      text
        .replaceAll('\n', '')
        .includes(`This terminal is ${cols}×${rows}; csdesign-tui needs at least 80×24`),
    'the sentence',
  )
  expect(screen.written).not.toMatch(/\x1b\[\?1049h/)
  expect(screen.processes()).toEqual([screen.pid])
  screen.press('Enter')
  expect(await screen.ended).toBe(0)
})
