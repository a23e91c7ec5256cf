import { expect, test } from 'vitest'
import { selected } from './cells.ts'
import { processRows, rowShows } from './process-rows.ts'
import { openModel } from './screen.ts'

const AGE = /^Z zombie ([\d.]+) (ms|s): exit code 0$/

function age(rest: string): number {
  const [, number, unit] = AGE.exec(rest)!
  return Number(number) * (unit === 's' ? 1000 : 1)
}

test('forty children that nobody waits for are forty zombies, each with its age, all gone after x', async () => {
  const screen = await openModel('fork', '--reap', 'none', '-c', '4', '-t', '10')
  screen.press('l')
  await screen.shows(/40 zombies, the oldest/)
  await screen.shows(/connects 40 = accepted 40 .* balanced ✓/)
  const seen = new Map<number, number>()
  for (const key of ['End', ...Array<string>(4).fill('PageUp')]) {
    const [before] = selected(screen)
    screen.press(key)
    await screen.until(() => selected(screen).some((line) => line !== before), 'another selection')
    for (const { pid, role, rest } of processRows(screen))
      if (role.startsWith('child')) seen.set(pid, age(rest))
  }
  expect(seen.size).toBe(40)

  screen.press('End')
  const { pid, rest } = await rowShows(screen, 'child 39', AGE)
  const before = age(rest)
  await screen.until(
    () => processRows(screen).some((row) => row.pid === pid && age(row.rest) >= before + 1000),
    'a zombie a second older',
  )

  screen.press('x')
  await screen.shows(/fork is stopped\. ⏎ starts it again\./)
  await screen.hides(/Z zombie|zombies?, the oldest/)
  await screen.shows(/nothing of fork is left/)
  await screen.until(() => screen.servers().length === 0, 'no server')
})

test.each(['sigchld', 'ignore', 'accept'])(
  'with --reap %s no zombie stays once the next client has come',
  async (reap) => {
    const screen = await openModel('fork', '--reap', reap, '-c', '2', '-t', '20')
    screen.press('l')
    await screen.shows(/connects 40 = accepted 40 .* balanced ✓/)
    // Two clients: each goes on when its answer is there, which is before the child has ended.
    if (reap === 'accept') await screen.shows(/[1-4] zombies?, the oldest/)
    else await screen.hides(/Z zombie|zombies?, the oldest/)
  },
)

test('after a stop nothing is left in the tree, and the events end with that', async () => {
  const screen = await openModel('prefork', '--children', '3')
  screen.press('x')
  await screen.shows(/prefork is stopped/)
  await screen.hides(/Z zombie|zombies?, the oldest/)
  await screen.until(
    () => processRows(screen).filter(({ role }) => role.startsWith('child')).length === 0,
    'no children',
  )
  const events = screen.rows().filter((row) => /\d\d:\d\d:\d\d\.\d{3}/.test(row))
  expect(events.at(-1)).toMatch(/nothing of prefork is left/)
})
