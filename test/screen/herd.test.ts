import { expect, test } from 'vitest'
import { openModel } from './screen.ts'

test('the lab herd shows its four pools one after the other, and its table grows', async () => {
  const screen = await openModel('prefork', '--children', '4')
  screen.press('Shift-Tab', 'End', 'Enter')
  await screen.shows(/4 children wait on one listener; one client makes 200 connections\./)
  await screen.shows(/prefork-select · /, 20_000)
  await screen.shows(/prefork-epoll · /, 20_000)
  const [table] = await screen.shows(/for each connection[\s\S]*herd is done/, 30_000)
  const switched = (row: string) => Number(new RegExp(`${row} +(\\d+\\.\\d\\d) `).exec(table)?.[1])
  for (const row of ['select', 'epoll']) expect(switched(row)).toBeGreaterThan(2.5)
  for (const row of ['accept', 'EPOLLEXCLUSIVE']) expect(switched(row)).toBeLessThan(2.5)
})
