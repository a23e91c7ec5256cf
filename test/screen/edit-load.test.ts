import { expect, test } from 'vitest'
import { selected } from './cells.ts'
import { openModel, openScreen, type Screen } from './screen.ts'

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
  screen.press('l')
  await screen.shows(/21 \/ 21[\s\S]*connects 21 = accepted 21 .* balanced ✓/)
  await screen.shows(/3 clients × 7 connections, 100/)
})

test.each(['0', '6000', ''])('%j clients are refused in place, with what is allowed', async (text) => {
  const screen = await openModel('iterative')
  screen.press('c')
  await editing(screen, '15')
  replace(screen, text)
  await screen.shows(/1 to 5,?000/)
  await editing(screen, text)
  replace(screen, '16')
  await screen.shows(/clients 16 /)
  await screen.hides(/1 to 5,?000/)
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

test('while a load runs its numbers stay as they are', async () => {
  const screen = await openModel('prefork', '--delay', '50', '-c', '20')
  screen.press('l')
  await screen.shows(/● running/)
  screen.press('c')
  await screen.shows(/The load is running: stop it with l before you change it\./)
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
  replace(screen, '6000')
  await screen.shows(/1 to 5,?000/)
})
