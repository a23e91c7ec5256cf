import { once } from 'node:events'
import { connect } from 'node:net'
import { expect, test } from 'vitest'
import { processRows } from './process-rows.ts'
import { openPython } from './screen.ts'

test("a Python server's tree is shown, and load finds its port by itself", async () => {
  const screen = await openPython('prefork.py', '3')
  await screen.shows(/a server of your own/)
  await screen.shows(/4 processes/)
  await screen.until(
    () =>
      processRows(screen)
        .map(({ role }) => role.replace(/python[\d.]*/, 'python'))
        .join() === 'parent python,child 0 python,child 1 python,child 2 python',
    'the tree',
  )
  screen.press('l')
  await screen.shows(/15,000 \/ 15,000/, 60_000)
  await screen.shows(/accepted 15,000 .* balanced ✓/)
  expect(processRows(screen).reduce((sum, { accepts }) => sum + accepts, 0)).toBe(15_000)
})

test('load goes to the address that a server listened on first, whatever it opens later', async () => {
  const screen = await openPython('several_listeners.py')
  const client = connect(screen.port, '127.0.0.1')
  await once(client.resume(), 'close')
  await screen.shows(/\+20 /)
  await screen.shows(new RegExp(`127\\.0\\.0\\.1:${screen.port} \\+20 `))
  screen.press('l')
  await screen.shows(/15,000 \/ 15,000/, 60_000)
  await screen.shows(/no failures/)
})
