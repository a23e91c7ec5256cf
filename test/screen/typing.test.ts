import { expect, test } from 'vitest'
import { commandsIn } from '../../src/ui/commands/table.ts'
import { selected } from './cells.ts'
import { typeInPieces } from './in-pieces.ts'
import { processRows } from './process-rows.ts'
import { openModel, openScreen, type Screen } from './screen.ts'

const open = () => openModel('prefork', '--children', '12')
const isSelected = (screen: Screen, place: number) =>
  screen.until(() => {
    const pid = processRows(screen)[place]?.pid
    return selected(screen).some((line) => line.includes(` ${pid} `))
  }, `process ${place} selected`)

test('several keys that arrive at once all count', async () => {
  const screen = await open()
  screen.press('j', 'Down', 'j', 'Down', 'k', 'Up', 'j')
  await isSelected(screen, 2)
  screen.press('c', 'Backspace', 'Backspace', '4', '2', 'Enter', 'Tab', '?')
  await screen.shows(/HELP ─/)
  screen.press('Escape')
  await screen.shows(/clients 42 /)
})

/** Does it with new screens until the pieces of what is typed came as close together as a terminal sends them. */
async function atPace(attempt: (screen: Screen) => Promise<boolean>): Promise<void> {
  while (!(await attempt(await open())));
}

test('an arrow whose bytes arrive one by one is an arrow, not an Escape', async () => {
  await atPace(async (screen) => {
    screen.press('j', 'j')
    await isSelected(screen, 1)
    screen.press('?')
    await screen.shows(/HELP ─/)
    if (!(await typeInPieces(screen, '\x1b[B'))) return false
    screen.press('?')
    await screen.hides(/HELP ─/)
    if (!(await typeInPieces(screen, '\x1b[B'))) return false
    await isSelected(screen, 2)
    return true
  })
})

test('Escape alone closes the help', async () => {
  const screen = await open()
  screen.press('?')
  await screen.shows(/HELP ─/)
  screen.press('Escape')
  await screen.hides(/HELP ─/)
})

test.each(['?', 'lxq', 'q\r', 's\x1b[A\r', 'x\x03q'])('pasting %j does nothing', async (text) => {
  const screen = await open()
  screen.press(`\x1b[200~${text}\x1b[201~`, 'j')
  await isSelected(screen, 0)
  expect(screen.screen()).toMatch(/● up[\s\S]*CLIENT ──[\s\S]*balanced ✓\n ⏎ start/)
})

test('a paste that arrives in pieces does nothing either', async () => {
  await atPace(async (screen) => {
    if (!(await typeInPieces(screen, ['\x1b[20', '0~lx', 'q\x1b[2', '01~']))) return false
    screen.press('j')
    await isSelected(screen, 0)
    await screen.shows(/● up/)
    return true
  })
})

test('keys that mean nothing do nothing', async () => {
  const screen = await open()
  const before = screen.written.length
  screen.press(
    'z',
    'Q',
    'X',
    '\x1b[15~',
    '\x1bx',
    '\x1bq',
    '\x01',
    '\x1a',
    '\x1c',
    'é',
    '界',
    '\x1b[<0;10;10M',
    'j',
  )
  await isSelected(screen, 0)
  expect(screen.written.length).toBeGreaterThan(before)
  expect(screen.screen()).toMatch(/● up[\s\S]*balanced ✓\n ⏎ start/)
})

test('End is the way to the last process also when none was selected', async () => {
  const screen = await open()
  await screen.until(() => processRows(screen).length === 13, '13 processes')
  screen.press('End')
  await isSelected(screen, 12)
})

test.each([
  { cols: 120, rows: 40 },
  { cols: 80, rows: 24 },
])('the help lists exactly the keys of the key table, in full, at $cols×$rows', async ({ cols, rows }) => {
  const screen = await openScreen({ args: ['prefork'], cols, rows })
  await screen.shows(/S accept/)
  screen.press('?')
  await screen.shows(/HELP ─[\s\S]*kept by the kernel for a minute/)
  const commands = commandsIn('panes')
  const column = Math.floor((cols - 4) / 2)
  const rowsOfKeys = screen.rows().slice(2, 2 + Math.ceil(commands.length / 2))
  const halves = [0, 1].flatMap((half) =>
    rowsOfKeys.map((row) => row.slice(2 + half * column, 2 + (half + 1) * column)),
  )
  const listed = halves
    .slice(0, commands.length)
    .flatMap((text) => [text.slice(0, 8).trim(), text.slice(9).trim()])
  expect(listed).toEqual(commands.flatMap(({ shows, help }) => [shows, help]))
  expect(screen.screen().slice(0, screen.screen().lastIndexOf('╰'))).not.toMatch(/….* │$/m)
})

test('the line of keys names only keys that do something there', async () => {
  const screen = await open()
  screen.press('?')
  await screen.shows(/HELP ─/)
  expect(screen.rows().at(-1)).not.toMatch(/choose|up|down/)
})
