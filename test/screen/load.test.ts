import { expect, test } from 'vitest'
import { models } from '../../servers/catalog.ts'
import { processRows } from './process-rows.ts'
import { openModel, openScreen, startLoad } from './screen.ts'

const passing = ['prefork-fd', 'cluster']

test.each(models.map(({ name }) => name))(
  'a load on %s runs to its end, and every connection is accounted for',
  async (model) => {
    const screen = await openModel(model, '-c', '5', '-t', '60', '-b', '1000')
    screen.press('/', 'load', 'Enter') // other events would take its place
    await screen.shows(/filter "load"/)
    await startLoad(screen)
    await screen.shows(/✓ done ─╮[\s\S]*300 \/ 300/, 30_000)
    await screen.shows(/no failures/)
    await screen.shows(/connects 300 = accepted 300 \+ queued 0 \+ refused 0 +balanced ✓/)
    await screen.shows(/PROCESSES ─.* · 300 accepts ─╮/)
    await screen.shows(/load: 5 clients × 60 connections/)
    await screen.shows(/load done: 300 succeeded/)
    const [first, ...others] = processRows(screen).map(({ accepts }) => accepts)
    const sum = others.reduce((total, accepts) => total + accepts, 0)
    // A parent that accepts for its children hands every connection on: it is counted on both sides.
    if (passing.includes(model)) expect([first, sum]).toEqual([300, 300])
    else expect(first! + sum).toBe(300)
  },
)

test('at 80×24 a load shows its progress, and the same exact counts', async () => {
  const screen = await openScreen({ args: ['prefork', '-c', '8', '-t', '2500'], cols: 80, rows: 24 })
  await screen.shows(/S accept/)
  await startLoad(screen)
  await screen.shows(/● running ─╮[\s\S]*connections\/s/)
  await screen.shows(
    /20,000 \/ 20,000[\s\S]*connects 20,000 = accepted 20,000 \+ queued 0 \+ refused 0 +balanced ✓/,
    60_000,
  )
  await screen.until(() => {
    const rows = processRows(screen)
    return rows.length >= 8 && rows.some(({ role }) => role === 'child 0') && rows[0]!.accepts === 0
  }, 'the tree')
})

test('a second load is added to the first', async () => {
  const screen = await openModel('select', '-c', '4', '-t', '25')
  screen.press('l')
  await screen.shows(/✓ done[\s\S]*connects 100 = accepted 100 .* balanced ✓/)
  screen.press('l')
  await screen.shows(/connects 200 = accepted 200 .* balanced ✓/)
})

test('l again stops the load, the server goes on', async () => {
  const screen = await openModel('prefork', '--children', '2', '--delay', '20', '-c', '4', '-t', '1000')
  screen.press('l')
  await screen.shows(/● running/)
  await screen.shows(/[1-9]\d* \/ 4,000/)
  screen.press('l')
  await screen.shows(/■ stopped ─╮/)
  await screen.shows(/load stopped: \d+ succeeded/)
  await screen.shows(/● up/)
  expect(processRows(screen).filter(({ rest }) => /^\d+\.\d % S|^S|█/.test(rest)).length).toBeGreaterThan(0)
})

test('the load of the echo service is echoes', async () => {
  const screen = await openModel('prefork', '--service', 'echo', '-c', '3', '-t', '10')
  screen.press('l')
  await screen.shows(/30 \/ 30[\s\S]*no failures[\s\S]*connects 30 = accepted 30 .* balanced ✓/)
  await screen.shows(/one echo each/)
})

test.each(['fork', 'prefork'])('while a load on %s runs the balance speaks of nobody else', async (model) => {
  const screen = await openModel(model, '-c', '4', '-t', '100000')
  screen.press('l')
  await screen.shows(/● running/)
  const frames = new Set<string>()
  await screen.until(() => {
    frames.add(screen.rows().at(-2)!)
    return frames.size > 12
  }, 'a dozen balances')
  expect([...frames].filter((line) => /other clients|nobody accepted/.test(line))).toEqual([])
})
