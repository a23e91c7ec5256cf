import { expect, test } from 'vitest'
import { processRows, rowShows } from './process-rows.ts'
import { openModel, openPython } from './screen.ts'
import { select, send } from './send-signal.ts'

test.each(['SIGUSR1', 'SIGUSR2', 'SIGTERM', 'SIGHUP', 'SIGKILL'] as const)(
  'a child of prefork is ended by %s, which the events and the tree show',
  async (signal) => {
    const screen = await openModel('prefork', '--children', '3')
    const pid = await select(screen, 'child 1')
    expect(await send(screen, signal)).toMatch(/^ends it/)
    await screen.shows(new RegExp(`you → ${signal} → child 1 ${pid} `))
    await screen.shows(new RegExp(`child 1 ${pid} ended by ${signal}`))
    await rowShows(screen, pid, new RegExp(`Z zombie [\\d.]+ m?s: ended by ${signal}`))
    await screen.shows(/1 zombie, the oldest/)
  },
)

test('SIGSTOP stops a process, and SIGCONT lets it go on', async () => {
  const screen = await openModel('prefork', '--children', '3')
  const pid = await select(screen, 'child 0')
  expect(await send(screen, 'SIGSTOP')).toBe('stops it, always')
  await rowShows(screen, pid, /^T stopped/)
  await screen.shows(new RegExp(`you → SIGSTOP → child 0 ${pid} [\\s\\S]*child 0 ${pid} is stopped`))
  expect(await send(screen, 'SIGCONT')).toBe('continues it if stopped')
  await rowShows(screen, pid, /^S accept/)
  await screen.shows(new RegExp(`you → SIGCONT → child 0 ${pid} [\\s\\S]*child 0 ${pid} is continued`))
})

test('a signal to the parent of prefork runs its handler, which ends its children', async () => {
  const screen = await openModel('prefork', '--children', '3')
  const pid = await select(screen, 'parent')
  await rowShows(screen, pid, /S sigsuspend/) // by then it has its handler
  expect(await send(screen, 'SIGTERM')).toBe('its handler runs')
  await screen.shows(new RegExp(`you → SIGTERM → parent ${pid} \\(it has a handler\\)`))
  await screen.shows(new RegExp(`parent ${pid} handled SIGTERM`))
  await screen.shows(new RegExp(`parent ${pid} → SIGTERM → 3 processes`))
  await screen.shows(/3 children of parent \d+ ended by SIGTERM/)
  await screen.shows(new RegExp(`parent ${pid} reaped 3 children`))
  await screen.shows(/prefork is stopped\. ⏎ starts it again\./) // the user asked for it
})

test("a Python server's handler is told of, and so is what it ignores", async () => {
  const screen = await openPython('handler.py')
  const pid = await select(screen, processRows(screen)[0]!.role)
  await screen.until(() => processRows(screen).length === 1, 'one process')
  expect(await send(screen, 'SIGUSR1', 'handler')).toBe('its handler runs')
  await screen.shows(new RegExp(`you → SIGUSR1 → (server|parent) ${pid} \\(it has a handler\\)`))
  await screen.shows(/the handler ran/)
  expect(await send(screen, 'SIGUSR2')).toBe('ignored')
  await screen.shows(new RegExp(`you → SIGUSR2 → (server|parent) ${pid} \\(ignored\\)`))
  expect(await send(screen, 'SIGCHLD')).toBe('nothing')
  await screen.shows(/● up/)
})

test('a signal to a zombie does nothing, and the menu says so', async () => {
  const screen = await openModel('prefork', '--children', '2')
  const pid = await select(screen, 'child 0')
  await send(screen, 'SIGKILL')
  await rowShows(screen, pid, /zombie/)
  expect(await send(screen, 'SIGKILL')).toBe('nothing: it has ended')
  await screen.shows(/\(it is a zombie, nothing happens\)/)
})

test('without a selected process the menu asks for one', async () => {
  const screen = await openModel('prefork', '--children', '2')
  screen.press('s')
  await screen.shows(/Select a process with ↑ ↓ first\./)
})
