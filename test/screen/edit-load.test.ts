import { expect, test } from 'vitest'
import { amount, limit } from '../support/calibration.ts'
import { selected } from './cells.ts'
import { openModel, openScreen, type Screen, startLoad } from './screen.ts'

const editing = (screen: Screen, text: string) =>
  screen.until(() => selected(screen).includes(`${text}▏`), `${text} being edited`)

/** Replaces what stands in the field that is edited. */
const replace = (screen: Screen, text: string) =>
  screen.press(...Array<string>(9).fill('Backspace'), ...text, 'Enter')

test('clients, connections and bytes are edited with keys, and the load is as edited', async () => {
  const screen = await openModel('prefork', '--children', '3')
  screen.press('c')
  await editing(screen, '15')
  replace(screen, '3')
  await screen.shows(/clients 3 [\s\S]*total 3,000 connections/)
  screen.press('Down', '7', 'Enter')
  await screen.shows(/clients 3 [\s\S]*connections 7 [\s\S]*total 21 connections/)
  screen.press('Down', 'Enter')
  await editing(screen, '4096')
  replace(screen, '100')
  await screen.shows(/clients 3 [\s\S]*connections 7 [\s\S]*bytes 100 /)
  screen.press('Down', 'Down', '2', '0', 'Enter')
  await screen.shows(/bytes 100 +rate max +think 20 ms/)
  screen.press('l')
  await screen.shows(/21 \/ 21[\s\S]*connects 21 = accepted 21 .* balanced ✓/)
  await screen.shows(/3 clients × 7 connections, 100 bytes each, 20 ms between t/)
})

test.each(['0', '60000', ''])('%j clients are refused in place, with what is allowed', async (text) => {
  const screen = await openModel('iterative')
  screen.press('c')
  await editing(screen, '15')
  replace(screen, text)
  await screen.shows(/1 to 10,?000/)
  await editing(screen, text)
  replace(screen, '16')
  await screen.shows(/clients 16 /)
  await screen.hides(/1 to 10,?000/)
})

test('only digits are typed', async () => {
  const screen = await openModel('iterative')
  screen.press('c')
  await editing(screen, '15')
  screen.press('-', 'x', ' ', '.', 'q', '1')
  await editing(screen, '151')
})

test('Escape leaves a field as it was', async () => {
  const screen = await openModel('iterative')
  screen.press('c')
  await editing(screen, '15')
  screen.press('9', '9')
  await editing(screen, '1599')
  screen.press('Escape')
  await screen.shows(/clients 15 /)
})

test('clients that are added while a load runs begin at once, and the total grows', async () => {
  const delay = Math.ceil(limit(50))
  const screen = await openModel('prefork', '--children', '30', '--delay', `${delay}`, '-c', '2', '-t', '20')
  const from = performance.now()
  await startLoad(screen)
  await screen.shows(/[1-9]\d* \/ 40/)
  screen.press('c')
  await editing(screen, '2')
  replace(screen, '20')
  await screen.shows(/load is now 20 clients × 20 connections/)
  await screen.shows(/✓ done[\s\S]*400 \/ 400/)
  // Two clients would have waited for two hundred answers each.
  expect(performance.now() - from).toBeLessThan(200 * delay)
  await screen.shows(/connects 400 = accepted 400 \+ queued 0 \+ refused 0 +balanced ✓/)
})

test('a rate that is set while a load runs holds, and response and service time stand side by side', async () => {
  const screen = await openModel('prefork', '-c', '4', '-t', '100000')
  await startLoad(screen)
  await screen.shows(/● running/)
  screen.press('c')
  await editing(screen, '4')
  screen.press('Escape')
  await screen.until(() => !selected(screen).includes('4▏'), 'no field edited')
  screen.press('Down', 'Down', 'Down')
  await screen.until(() => selected(screen).includes('max'), 'the rate chosen')
  const rate = amount(500)
  screen.press(...String(rate), 'Enter')
  await screen.shows(new RegExp(`rate ${rate}/s`))
  await screen.shows(/response ms: p50 [\s\S]*service ms: p50 /)
  await screen.until((text) => {
    const shown = Number(/ (\d+) connections\/s/.exec(text)?.[1])
    return shown >= rate * 0.96 && shown <= rate * 1.04
  }, `about ${rate} connections a second`)
})

test.each([
  { cols: 120, rows: 40 },
  { cols: 80, rows: 24 },
])('what is allowed can be read at $cols×$rows, and no field moves', async ({ cols, rows }) => {
  const screen = await openScreen({ args: ['iterative'], cols, rows })
  await screen.shows(/S accept/)
  const place = () => screen.rows().findIndex((row) => row.includes('bytes 4,096'))
  const before = place()
  screen.press('c')
  await editing(screen, '15')
  expect(place()).toBe(before)
  replace(screen, '60000')
  await screen.shows(/1 to 10,?000/)
})
