import { expect, test } from 'vitest'
import { processRows, rowShows } from './process-rows.ts'
import { openModel } from './screen.ts'

test('a line that is typed comes back, with its time and who served it, and the connection stays', async () => {
  const screen = await openModel('fork', '--service', 'echo')
  screen.press('e')
  const [, pid] = await screen.shows(/1 ● → child 0 (\d+) · established/)
  screen.press('hello there', 'Enter')
  await screen.shows(/← Echo=>hello there at \w{3} \w{3} [ \d]\d \d\d:\d\d:\d\d \d{4}[\s\S]*after [\d.]+ m?s/)
  await rowShows(screen, Number(pid), /S read/)
  screen.press('again', 'Enter')
  await screen.shows(/← Echo=>again at/)
  screen.press('Escape')
  await screen.hides(/> ▏/)
  screen.press('x')
  await screen.shows(/1 ✗ closed by you/)
  await screen.until(() => processRows(screen).every((row) => row.pid !== Number(pid)), 'no child')
  await screen.shows(/connects 1 = accepted 1 \+ queued 0 \+ refused 0 +balanced ✓/)
})

test('connections that are held fill the pool, and the next wait in the queue', async () => {
  const screen = await openModel('prefork', '--children', '2')
  screen.press('m', 'o', 'o', 'o')
  await screen.shows(/BY HAND ─+ 3 open/)
  await screen.until((text) => text.match(/● → child \d+ \d+ · established/g)?.length === 2, 'two served')
  await screen.shows(/● → accept queue · established/)
  await screen.shows(/connects 3 = accepted 2 \+ queued 1 \+ refused 0 +balanced ✓/)
  await screen.shows(/accept queue ▕.*▏ +1 \/ 128/)
  screen.press('Up', 'Up')
  await screen.shows(/1 ●/)
  screen.press('a')
  await screen.shows(/1 ✗ aborted by you with RST/)
  await screen.until(
    (text) => text.match(/● → child \d+ \d+ · established/g)?.length === 2,
    'the next one served',
  )
  await screen.shows(/connects 3 = accepted 3 \+ queued 0 \+ refused 0 +balanced ✓/)
})

test('a slow reader keeps its child writing', async () => {
  const screen = await openModel('prefork', '--children', '2', '-b', '33554432')
  screen.press('m', 'o')
  const [, pid] = await screen.shows(/● → child \d+ (\d+) · established/)
  screen.press('w')
  await screen.shows(/· slow/)
  screen.press('r')
  await rowShows(screen, Number(pid), /S write/)
  await screen.shows(/received [23] B/)
  await screen.shows(/MB unsent/)
  screen.press('w')
  await screen.shows(/received 33\.6 MB/)
  await screen.shows(/✗ closed by the server/)
})

test('without a server there is a sentence', async () => {
  const screen = await openModel('prefork')
  screen.press('x')
  await screen.shows(/prefork is stopped/)
  screen.press('e')
  await screen.shows(/Nothing listens yet: start a server with ⏎ first\./)
  expect(screen.screen()).not.toMatch(/BY HAND/)
})
