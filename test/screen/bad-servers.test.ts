import { once } from 'node:events'
import { connect } from 'node:net'
import { expect, test } from 'vitest'
import { amount } from '../support/calibration.ts'
import { freePort } from '../support/free-port.ts'
import { python } from '../support/python.ts'
import { selected } from './cells.ts'
import { processRows, rowShows } from './process-rows.ts'
import { fixture, openPython, openScreen, type Screen } from './screen.ts'

const ANSWER = 2_000

/** The screen answers a key: the help opens and closes. */
async function answers(screen: Screen): Promise<void> {
  screen.press('?')
  await screen.shows(/HELP ─/, ANSWER)
  screen.press('?')
  await screen.hides(/HELP ─/, ANSWER)
}

/** One client, which is what some of these servers wait for. */
async function connectOnce(screen: Screen): Promise<void> {
  const client = connect(screen.port, '127.0.0.1')
  client.end('1\n')
  await once(client.resume(), 'close')
}

/** What must never come from a server to the terminal. */
function expectUntouched(screen: Screen): void {
  expect(screen.title).not.toMatch(/evil|never/)
  expect(screen.bells).toBe(0)
  expect(screen.alternateScreen).toBe(true)
  expect(screen.cursorVisible).toBe(false)
  expect(screen.written).not.toMatch(
    /\x1b\]|\x07|\x1bc|\x1b\[3J|\x1b\[6n|\x1b\[c|\x0e|\x1b\(0|[\x80-\x9f]|\u202e|999;999/,
  )
  const { cols } = screen.emulator
  for (const row of screen.rows().slice(1, -2))
    expect(row.replaceAll('界', '界 ').normalize('NFC')).toHaveLength(cols)
}

test('nothing of the escape sequences that a server prints reaches the terminal', async () => {
  const screen = await openPython('escapes.py')
  await screen.shows(/the last line/)
  await screen.shows(/words in red and a tab here/)
  await rowShows(screen, processRows(screen)[0]!.pid, /S accept/)
  expectUntouched(screen)
  await answers(screen)
})

test.each([
  ['escape sequences', '# \x1b]0;evil\x07\x1b[31mred\x9b31m\n'],
  ['line feeds', '\n\n'],
  ['wide characters', '# 界界界界界界界界界界界界界界界界界界\n'],
])('a command line with %s in it is drawn as one clean line', async (_, beginning) => {
  const screen = await openScreen({ args: ['--', 'sh', '-c', `${beginning}exec sleep 99`], port: 1 })
  await screen.shows(/S (clock_)?nanosleep/)
  expectUntouched(screen)
  expect(screen.rows()[0]).toMatch(/sh -c .*● up/)
  expect(screen.rows()[1]).toMatch(/^╭ MODELS/)
  await answers(screen)
})

test('a server that prints 100 MB at once: keys are answered, and it is told how much was left out', async () => {
  const screen = await openPython('flood.py')
  await connectOnce(screen)
  await screen.shows(/[\d.]+ MB of output skipped: it came too fast/)
  await answers(screen)
  screen.press('l')
  await screen.shows(/15,000 \/ 15,000/, 30_000)
  await answers(screen)
})

test('a server that fails at once: how it ended, what it said, and what to press', async () => {
  const screen = await openScreen({ args: ['--', python, fixture('crash.py'), '1', '0'] })
  await screen.shows(/✗ ended/)
  await screen.shows(/The server ended by itself: exit code 1\. It said:/)
  await screen.shows(/the configuration is missing[\s\S]*⏎ starts it again\./)
  await answers(screen)
  const { pid } = processRows(screen)[0]!
  screen.press('Enter')
  await screen.until(
    () => processRows(screen)[0]?.pid !== pid && /✗ ended/.test(screen.screen()),
    'another try',
  )
})

test('a server that crashes under load: how it ended, what failed, and the screen goes on', async () => {
  const screen = await openPython('crash.py', '500')
  screen.press('l')
  await screen.shows(/The server ended by itself: ended by SIGABRT/)
  await screen.shows(/✓ done ─╮[\s\S]*15,000 \/ 15,000[\s\S]*failed 14,[45]\d\d: ECONNREFUSED 14,/, 30_000)
  await screen.shows(/accepted 500 /)
  await answers(screen)
  screen.press('Enter')
  await screen.shows(/● up/)
})

test('a long load on a server that has crashed is stopped at once', async () => {
  const port = await freePort()
  const load = ['-c', '20', '-t', '1000000']
  const screen = await openScreen({
    args: [...load, '--', python, fixture('crash.py'), String(port), '100'],
    port,
  })
  await screen.shows(new RegExp(`:${port} +● up`))
  screen.press('l')
  await screen.shows(/The server ended by itself/)
  await answers(screen)
  screen.press('l')
  await screen.shows(/■ stopped/, ANSWER)
})

const MANY = amount(2_000)

test(`a server that forks ${MANY} children: keys are answered, all are there, and all go`, async () => {
  const screen = await openPython('many_children.py', String(MANY))
  await connectOnce(screen)
  const all = (MANY + 1).toLocaleString('en')
  await screen.shows(new RegExp(`${all} processes`), 30_000)
  await answers(screen)
  screen.press('Down', 'End')
  await screen.until(
    () => processRows(screen).some(({ role }) => role.startsWith(`child ${MANY - 1}`)),
    'the last child',
  )
  await screen.shows(new RegExp(`(${MANY + 1}|${all}) of ${all}`))
  screen.press('x')
  await screen.shows(/nothing of .*python/, 10_000)
  await answers(screen)
})

test('the view stays where it is when the selected process ends and leaves the tree', async () => {
  const screen = await openPython('many_children.py', '100')
  await connectOnce(screen)
  await screen.shows(/101 processes/)
  screen.press('Down', 'Home', ...Array<string>(5).fill('PageDown'))
  await screen.until(() => selected(screen).some((line) => /child 49 /.test(line)), 'child 49 selected')
  screen.press('s')
  await screen.shows(/SIGNAL TO child 49/)
  screen.press('Down', 'Down', 'Down')
  await screen.until(
    () => selected(screen).some((line) => /^SIGUSR1 +its handler runs/.test(line)),
    'SIGUSR1',
  )
  screen.press('Enter')
  await screen.hides(/├child 49 /)
  await screen.shows(/├child 48 [\s\S]*├child 50 /)
  await screen.until(
    () => selected(screen).some((line) => /child (48|50) /.test(line)),
    'its neighbour selected',
  )
})
