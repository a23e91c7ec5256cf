import { expect, test } from 'vitest'
import { focusedPane, selected } from './cells.ts'
import { processRows } from './process-rows.ts'
import { openModel, type Screen, startLoad } from './screen.ts'
import { select, send } from './send-signal.ts'

const eventTexts = (screen: Screen) =>
  screen.rows().flatMap((row) => /│ \d\d:\d\d:\d\d\.\d{3} (.*?) *│/.exec(row)?.slice(1) ?? [])

test('a filter leaves only the events that hold its text, as it is typed', async () => {
  const screen = await openModel('prefork', '--children', '3')
  await select(screen, 'child 1')
  await send(screen, 'SIGKILL')
  await screen.shows(/child 1 \d+ ended by SIGKILL/)
  screen.press('/', 'sigkill')
  await screen.until(() => eventTexts(screen).every((text) => /SIGKILL/.test(text)), 'only SIGKILL')
  expect(eventTexts(screen)).toEqual([
    expect.stringMatching(/^you → SIGKILL → child 1 /),
    expect.stringMatching(/^child 1 \d+ ended by SIGKILL/),
  ])
  screen.press('Enter', '/', '!')
  await screen.shows(/No event holds "sigkill!"\./)
  screen.press('Escape')
  await screen.until(() => eventTexts(screen).length === 2, 'the filter as it was')
})

test('paused events stand still while others come, and then go on with them', async () => {
  const screen = await openModel('prefork', '--children', '3', '-c', '2', '-t', '10')
  await screen.shows(/forked ×3/)
  screen.press('p')
  await screen.shows(/❚❚ paused, 0 since/)
  const before = eventTexts(screen)
  await startLoad(screen)
  await screen.shows(/✓ done/)
  await screen.shows(/❚❚ paused, [3-9] since/)
  expect(eventTexts(screen)).toEqual(before)
  screen.press('p')
  await screen.shows(/load done: 20 succeeded/)
})

test('a selected event tells more, leads to its process, and from there back', async () => {
  const screen = await openModel('prefork', '--children', '3')
  const pid = await select(screen, 'child 1')
  await send(screen, 'SIGSTOP')
  await screen.shows(/child 1 \d+ is stopped/)
  screen.press('Tab', 'Up')
  await screen.until(() => selected(screen).some((line) => /you → SIGSTOP/.test(line)), 'the event selected')
  await screen.shows(new RegExp(`\\d+\\.\\d{3} s after the start[\\s\\S]*of child 1 ${pid}`))
  screen.press('f')
  await screen.until(() => selected(screen).some((line) => line.includes(` ${pid} `)), 'its process selected')
  expect(focusedPane(screen)).toBe('PROCESSES')
  screen.press('b')
  await screen.until(() => focusedPane(screen) === 'EVENTS', 'back among the events')
  expect(selected(screen).some((line) => /you → SIGSTOP/.test(line))).toBe(true)
})

test('a frozen screen stands still, and behind it all goes on', async () => {
  const screen = await openModel('prefork', '--children', '3', '-c', '2', '-t', '50')
  screen.press(' ')
  await screen.shows(/❚❚ frozen \d\d:\d\d ago/)
  screen.press('l')
  await screen.shows(/❚❚ frozen 00:(0[2-9]|[1-5]\d) ago/)
  expect(screen.screen()).toMatch(/connects 0 = accepted 0/)
  expect(processRows(screen).every(({ accepts }) => accepts === 0)).toBe(true)
  screen.press(' ')
  await screen.shows(/connects 100 = accepted 100 \+ queued 0 \+ refused 0 +balanced ✓/)
})
