import { grouped } from '../../report/format.ts'
import { distributionOf } from '../../state/distribution.ts'
import type { State } from '../../state/state.ts'
import { totalCounts } from '../../state/totals.ts'
import type { TreeRow } from '../../state/tree.ts'
import { frame } from '../frame.ts'
import { duration, width as textWidth } from '../text.ts'
import { theme } from '../theme.ts'
import { columnsFor, headerLine, processLine, served } from './process-columns.ts'
import type { Size } from './size.ts'

/** The tree of the server's processes, of a long one the part around the selected process; below it what is `said`. */
export function processPane(
  state: State,
  rows: readonly TreeRow[],
  selected: number | null,
  focused: boolean,
  said: readonly string[],
  { width, height }: Size,
): string[] {
  const columns = columnsFor(width - 4, hasHerd(rows))
  const { from, visible } = visiblePart(rows, selected, said.length, height)
  const isPassed = rows.some(({ process }) => process.counts.received > 0)
  const scale = scaleOf(rows)
  const lines = visible.map((row) => processLine(row, state, columns, scale, focused && row.id === selected))
  const range =
    rows.length > visible.length ? `${from + 1}–${from + visible.length} of ${grouped(rows.length)}` : ''
  return frame({
    title: 'PROCESSES',
    right: summary(state, rows),
    bottom: whatFits([range, distribution(rows, width), wakeups(rows), zombies(state)], width - 6),
    width,
    height,
    focused,
    lines:
      rows.length > 0 ? [headerLine(columns, isPassed ? 'acc./recv.' : 'accepts'), ...lines, ...said] : said,
  })
}

/** The texts in one line; where it is too short those at the beginning are left out. */
function whatFits(texts: readonly string[], columns: number): string {
  const given = texts.filter(Boolean)
  while (given.length > 1 && textWidth(given.join(' · ')) > columns) given.shift()
  return given.join(' · ')
}

/** How evenly those who compete for connections get them, in words and in shares. */
function distribution(rows: readonly TreeRow[], width: number): string {
  const competing = competitors(rows)
  const found = distributionOf(competing.map(served), scaleOf(rows).total)
  if (!found) return ''
  const { fair, least, most, deviation, verdict, without } = found
  const percent = (share: number) => `${(share * 100).toFixed(1)}`
  const words = verdict === 'starved' ? `${grouped(without)} of ${competing.length} got nothing` : verdict
  const paint = verdict === 'starved' || verdict === 'lopsided' ? theme.warning : (text: string) => text
  const range = `${percent(least)}–${percent(most)} %, fair ${percent(fair)} %`
  return width < 100
    ? `${paint(words)}: ${range}`
    : `${paint(words)}: ${range}, deviation ${percent(deviation)} %`
}

/** Who can get the next connection; after the end of all of them, who could. */
function competitors(rows: readonly TreeRow[]): readonly TreeRow[] {
  const all = rows.filter((row) => served(row) > 0 || (row.depth > 0 && !row.isSum))
  const living = all.filter(({ process }) => !process.exited)
  return living.length > 0 ? living : all
}

/** Wakeups for each connection, where several compete for them, and in a herd how often they were switched to. */
function wakeups(rows: readonly TreeRow[]): string {
  const competing = rows.filter((row) => row.depth > 0 && !row.isSum)
  const sum = (of: (row: TreeRow) => number) => competing.reduce((total, row) => total + of(row), 0)
  const accepts = sum(({ counts }) => counts.accepts)
  if (competing.length < 2 || accepts === 0) return ''
  const woken = `${(sum(({ counts }) => counts.wakeups) / accepts).toFixed(2)} wakeups`
  if (!hasHerd(rows)) return `${woken} per connection`
  const switched = sum(({ process, thread }) => (thread ? 0 : process.switches)) / accepts
  return `${woken}, ${switched.toFixed(1)} switches per connection`
}

/** Whether any process that was woken found nothing to accept. */
function hasHerd(rows: readonly TreeRow[]): boolean {
  return rows.some(({ counts }) => counts.eagain > 0)
}

/** The row in that line of the pane, below its line of headings; undefined where none is. */
export function processAt(
  rows: readonly TreeRow[],
  selected: number | null,
  said: number,
  { height }: Size,
  line: number,
): TreeRow | undefined {
  return visiblePart(rows, selected, said, height).visible[line - 1]
}

/** The rows that fit, around the selected one. */
function visiblePart(rows: readonly TreeRow[], selected: number | null, said: number, height: number) {
  const room = Math.max(1, height - 3 - said)
  const index = Math.max(
    0,
    rows.findIndex(({ id }) => id === selected),
  )
  const from = Math.max(0, Math.min(index - Math.floor(room / 2), rows.length - room))
  return { from, visible: rows.slice(from, from + room) }
}

function scaleOf(rows: readonly TreeRow[]) {
  const counts = rows.map(served)
  return { total: counts.reduce((sum, count) => sum + count, 0), most: Math.max(0, ...counts) }
}

function summary(state: State, rows: readonly TreeRow[]): string {
  if (rows.length === 0) return ''
  const living = rows.filter(({ process, thread }) => !thread && !process.exited).length
  const gone = state.departed.processes
  return [
    `${grouped(living)} ${living === 1 ? 'process' : 'processes'}`,
    ...(gone > 0 ? [`${grouped(gone)} ended`] : []),
    `${grouped(totalCounts(state).accepts)} accepts`,
  ].join(' · ')
}

function zombies({ zombies, processes, now }: State): string {
  if (zombies.now <= 0) return ''
  let oldest = now
  for (const { exited, reaped } of processes.values())
    if (exited && !reaped) oldest = Math.min(oldest, exited.at)
  return theme.zombie(
    `${grouped(zombies.now)} ${zombies.now === 1 ? 'zombie' : 'zombies'}, the oldest ${duration(now - oldest)}`,
  )
}
