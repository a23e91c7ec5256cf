import { grouped } from '../../report/format.ts'
import { endedCount } from '../../select/ended.ts'
import { hasHerd, wakeupsPerConnection } from '../../select/herd.ts'
import { competitors, distributionAmong, scaleOf } from '../../select/serving.ts'
import type { TreeRow } from '../../select/tree.ts'
import { oldestZombie } from '../../select/zombies.ts'
import type { State } from '../../state/state.ts'
import { box } from '../box.ts'
import { clamp, windowStart } from '../clamp.ts'
import { selectedRow, selectionOf, shownRows } from '../selection.ts'
import { duration, width as textWidth } from '../text.ts'
import { theme } from '../theme.ts'
import type { Pane } from './pane.ts'
import { columnsFor, headerLine, processLine } from './process-columns.ts'
import { saidBelow } from './said-below.ts'

/** The tree of the server's processes, of a long one the part around the selected process; below it what is said. */
export const processPane: Pane<'processes'> = {
  id: 'processes',
  takesFocus: true,
  place: ({ upper }) => upper,
  draw(scene, rect) {
    const { state, view } = scene
    const { width, height } = rect
    const focused = view.pane === 'processes'
    const rows = shownRows(state, view)
    const said = saidBelow(scene, rect)
    const selected = selectedRow(rows, view.row)?.id
    const columns = columnsFor(width - 4, hasHerd(rows))
    const { from, visible } = visiblePart(rows, selected, said.length, height)
    const isPassed = rows.some(({ process }) => process.counts.received > 0)
    const scale = scaleOf(rows)
    const lines = visible.map((row) =>
      processLine(row, state, columns, scale, focused && row.id === selected),
    )
    const range =
      rows.length > visible.length ? `${from + 1}–${from + visible.length} of ${grouped(rows.length)}` : ''
    return box({
      title: 'PROCESSES',
      right: summary(state, rows),
      bottom: whatFits([range, distribution(rows, state, width), wakeups(rows), zombies(state)], width - 6),
      width,
      height,
      focused,
      lines:
        rows.length > 0
          ? [headerLine(columns, isPassed ? 'acc./recv.' : 'accepts'), ...lines, ...said]
          : said,
    })
  },
  move({ state, view }, step) {
    const rows = shownRows(state, view)
    // Before anything is selected the first step down comes to the first row.
    const from = rows.findIndex(({ id }) => id === selectedRow(rows, view.row)?.id)
    return { row: selectionOf(rows, rows[clamp(from + step, rows.length)]?.id) }
  },
  select(scene, rect, line) {
    const { state, view } = scene
    const rows = shownRows(state, view)
    const said = saidBelow(scene, rect).length
    const { visible } = visiblePart(rows, selectedRow(rows, view.row)?.id, said, rect.height)
    const row = visible[line - 1] // below the line of headings
    return row ? { row: selectionOf(rows, row.id) } : {}
  },
}

/** The texts in one line; where it is too short those at the beginning are left out. */
function whatFits(texts: readonly string[], columns: number): string {
  const given = texts.filter(Boolean)
  while (given.length > 1 && textWidth(given.join(' · ')) > columns) given.shift()
  return given.join(' · ')
}

/** How evenly those who compete for connections get them, in words and in shares. */
function distribution(rows: readonly TreeRow[], state: State, width: number): string {
  const found = distributionAmong(rows, state)
  if (!found) return ''
  const { fair, least, most, deviation, verdict, without } = found
  const percent = (share: number) => `${(share * 100).toFixed(1)}`
  const words =
    verdict === 'starved' ? `${grouped(without)} of ${competitors(rows, state).length} got nothing` : verdict
  const paint = verdict === 'starved' || verdict === 'lopsided' ? theme.warning : (text: string) => text
  const range = `${percent(least)}–${percent(most)} %, fair ${percent(fair)} %`
  return width < 100
    ? `${paint(words)}: ${range}`
    : `${paint(words)}: ${range}, deviation ${percent(deviation)} %`
}

/** Wakeups for each connection, where several compete for them, and in a herd how often they were switched to. */
function wakeups(rows: readonly TreeRow[]): string {
  const per = wakeupsPerConnection(rows)
  if (!per) return ''
  const woken = `${per.wakeups.toFixed(2)} wakeups`
  return hasHerd(rows)
    ? `${woken}, ${per.switches.toFixed(1)} switches per connection`
    : `${woken} per connection`
}

/** The rows that fit, around the selected one. */
function visiblePart(rows: readonly TreeRow[], selected: number | undefined, said: number, height: number) {
  const room = Math.max(1, height - 3 - said)
  const index = Math.max(
    0,
    rows.findIndex(({ id }) => id === selected),
  )
  const from = windowStart(index, rows.length, room)
  return { from, visible: rows.slice(from, from + room) }
}

function summary(state: State, rows: readonly TreeRow[]): string {
  if (rows.length === 0) return ''
  const living = rows.filter(({ process, thread }) => !thread && !process.exited).length
  const gone = endedCount(state)
  return [
    `${grouped(living)} ${living === 1 ? 'process' : 'processes'}`,
    ...(gone > 0 ? [`${grouped(gone)} ended`] : []),
    `${grouped(state.totals.accepts)} accepts`,
  ].join(' · ')
}

function zombies(state: State): string {
  const oldest = oldestZombie(state)
  if (oldest === null) return ''
  const { now } = state.zombies
  return theme.zombie(`${grouped(now)} ${now === 1 ? 'zombie' : 'zombies'}, the oldest ${duration(oldest)}`)
}
