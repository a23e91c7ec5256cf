import { expect, test } from 'vitest'
import { models } from '../../servers/catalog.ts'
import { freePort } from '../support/free-port.ts'
import { focusedPane } from './cells.ts'
import { processRows } from './process-rows.ts'
import { belowShell, keep, openModel, openScreen, Screen, startLoad } from './screen.ts'
import { isRaw } from './tty.ts'

const sizes = [
  { cols: 120, rows: 40 },
  { cols: 80, rows: 24 },
  { cols: 200, rows: 60 },
]

test.each(sizes)(
  'a terminal of $cols×$rows shows the server, its processes, the events, the client and the balance',
  async ({ cols, rows }) => {
    const screen = await openScreen({ args: ['prefork'], cols, rows })
    await screen.until(
      () => processRows(screen).filter(({ rest }) => /S accept/.test(rest)).length >= 7,
      'children in accept',
    )
    await screen.shows(new RegExp(`127\\.0\\.0\\.1:${screen.port} +● up \\d\\d:\\d\\d +probe ok · 0 dropped`))
    await screen.shows(/PROCESSES ─.*─ 11 processes · 0 accepts/)
    await screen.shows(/EVENTS ─/)
    await screen.shows(/parent \d+ forked ×10/)
    await screen.shows(/CLIENT ─/)
    await screen.shows(/total 15,000 connections/)
    await screen.shows(/connects 0 = accepted 0 \+ queued 0 \+ refused 0 +balanced ✓/)
    await screen.shows(/x stop .* l load .* \? help .* q quit/)
  },
)

test('a wide terminal lists every model in its group, and marks the one that runs', async () => {
  const screen = await openModel('prefork')
  const lines = screen.rows().flatMap((row) => /^│ (.*?) +│/.exec(row)?.[1] ?? [])
  const names = lines.map((line) => line.replace(/^ +|▸ | +●/g, ''))
  const groups = [...new Set(models.map(({ group }) => group))]
  const catalogue = groups.flatMap((group) => [
    group,
    ...models.filter((model) => model.group === group).map(({ name }) => name),
  ])
  expect(names.slice(0, catalogue.length)).toEqual(catalogue)
  expect(lines.filter((line) => /[▸●]/.test(line))).toEqual([expect.stringMatching(/^▸ prefork +●$/)])
})

test('a small terminal shows the model in a line', async () => {
  const screen = await openScreen({ args: ['prefork'], cols: 80, rows: 24 })
  await screen.shows(/◂ prefork ● ▸ +children call accept \(\d+ of \d+\)/)
})

test.each(
  sizes.flatMap((size) => [
    { ...size, model: 'fork --reap none' },
    { ...size, model: 'prefork-select' },
  ]),
)(
  'every frame of $model reaches the right edge at $cols×$rows, and nothing is beyond it',
  async ({ cols, rows, model }) => {
    const screen = await openScreen({ args: [...model.split(' '), '-c', '4', '-t', '10'], cols, rows })
    await screen.shows(/S (accept|p?select)/)
    await startLoad(screen)
    await screen.shows(/✓ done/)
    const framed = screen.rows().slice(cols < 100 ? 2 : 1, -2)
    expect(framed.filter((row) => row.length !== cols || !/[│╮╯]$/.test(row))).toEqual([])
  },
)

test('the screen takes the terminal: alternate screen, no cursor, raw mode; the processes have the focus', async () => {
  const screen = await openModel('iterative')
  expect(screen.alternateScreen).toBe(true)
  expect(screen.cursorVisible).toBe(false)
  expect(isRaw(screen.pid)).toBe(true)
  expect(focusedPane(screen)).toBe('PROCESSES')
})

test('without arguments prefork runs on port 2000', async ({ skip }) => {
  const screen = await openScreen({ args: [], port: 2000 })
  const [found] = await screen.shows(/127\.0\.0\.1:2000 +● up|Port 2000 on 127\.0\.0\.1 is in use/)
  if (found.startsWith('Port')) skip('another program has port 2000')
  await screen.shows(/prefork · children call accept/)
  await screen.shows(/11 processes/)
})

test('with NO_COLOR nothing is coloured', async () => {
  const screen = await openScreen({ args: ['prefork'], env: { NO_COLOR: '1' } })
  await screen.shows(/S accept/)
  expect(screen.written.match(/\x1b\[(?:\d+;)*(?:[349][0-8]|10[0-7])(?:;\d+)*m/g)).toBeNull()
})

test('without a terminal for the output it says so, and names run', async () => {
  const port = await freePort()
  const screen = keep(
    new Screen(belowShell('sh', '-c', 'node dist/cli.js -p $0 | cat', String(port)), {
      run: 'no-terminal',
      port,
    }),
  )
  await screen.shows(/There is no terminal here: use "csdesign-tui run MODEL"/)
  await screen.shows(/^ended: /m)
  screen.press('Enter')
  await screen.ended
})
