import { expect, test } from 'vitest'
import { focusedPane, selected } from './cells.ts'
import { processRows } from './process-rows.ts'
import { openModel, openScreen, type Screen } from './screen.ts'

const report = (button: number, x: number, y: number) => `\x1b[<${button};${x + 1};${y + 1}M`

function placeOf(screen: Screen, text: string): { x: number; y: number } {
  const y = screen.rows().findIndex((row) => row.includes(text))
  return { x: screen.rows()[y]!.indexOf(text), y }
}

test('once it is asked for, a click selects and the wheel moves; before that the mouse is the terminal’s', async () => {
  const screen = await openModel('prefork', '--children', '12')
  await screen.until(() => processRows(screen).length === 13, '13 processes')
  screen.press('w')
  await screen.shows(/The mouse selects rows here/)
  const { pid } = processRows(screen).find(({ role }) => role === 'child 4')!
  const { x, y } = placeOf(screen, ` ${pid} `)
  screen.press(report(0, x, y))
  await screen.until(() => selected(screen).some((line) => line.includes(` ${pid} `)), 'child 4 selected')
  screen.press(report(65, x, y))
  const below = processRows(screen).find(({ role }) => role === 'child 7')!.pid
  await screen.until(() => selected(screen).some((line) => line.includes(` ${below} `)), 'child 7 selected')
  const model = placeOf(screen, ' select ')
  screen.press(report(0, model.x, model.y))
  await screen.until(() => selected(screen).some((line) => line.includes('▸ select')), 'select chosen')
  expect(focusedPane(screen)).toBe('MODELS')
  const client = placeOf(screen, ' CLIENT ')
  screen.press(report(0, client.x, client.y + 1))
  await screen.until(() => focusedPane(screen) === 'CLIENT', 'the client in focus')
})

test('reports of the mouse that come in pieces, or unasked, are no keys', async () => {
  const screen = await openModel('prefork', '--children', '3')
  const before = screen.rows().slice(-8).join('\n')
  for (const piece of ['\x1b[<0;1', '00;2', '0M\x1b[<0;100;20m']) screen.press(piece)
  screen.press('Down')
  await screen.until(() => selected(screen).length === 1, 'a selection')
  expect(screen.rows().slice(-8).join('\n')).toBe(before)
})

test('a notice that is longer than the line is cut, and the keys below it stay', async () => {
  const screen = await openScreen({ args: ['prefork'], cols: 80, rows: 24 })
  await screen.shows(/S accept/)
  screen.press('w')
  await screen.shows(/The mouse selects rows here; w gives it back .*…\n ⏎ start .* q quit/)
  screen.press('w')
  await screen.shows(/the terminal’s again\. *\n ⏎ start .* q quit/)
})
