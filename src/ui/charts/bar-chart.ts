import { grouped } from '../../report/format.ts'
import type { Size } from '../size.ts'
import { theme } from '../theme.ts'
import { ascii, cut } from './ascii.ts'
import { axisWidth, type Plot, putScale, WIDEST_AXIS } from './axes.ts'
import { putBars } from './bars.ts'
import { DOTS_ACROSS, DOTS_DOWN } from './canvas.ts'
import { Grid, type Style } from './grid.ts'
import { message } from './message.ts'
import { barDotOf, drawable, scaleFor } from './scale.ts'
import { exactNumber, shortNumber } from './short-number.ts'

export type Bar = { label: string; value: number; style: Style }

export type BarChart = Size & {
  /** Values of at least 0. */
  bars: readonly Bar[]
  /** What each would have if all had the same: drawn as a line. */
  fair?: number
  /** What is said while there is no bar. */
  empty?: string
}

/** Few bars do not become wider than this, in columns. */
const WIDEST = 12

/**
 * Upright bars with their values above and their labels below. Where there is no room for every value, the scale
 * and the smallest and largest value tell; where there is none for every bar, each stands for the mean of several.
 * Exactly `height` lines of `width` columns, whatever is asked for.
 */
export function barChart({
  bars,
  fair,
  empty = 'There is nothing to compare yet.',
  ...size
}: BarChart): string[] {
  const grid = new Grid(size)
  if (bars.length === 0) return message(grid, empty)
  const all = bars.map(({ label, value, style }) => ({ label: ascii(label), value: drawable(value), style }))
  const line = fair === undefined ? undefined : { value: drawable(fair), style: theme.bold }
  const { shown, slot, values, each } = arrange(all, grid.width - WIDEST_AXIS)
  putSummary(grid, all, each, line?.value)
  const above = values ? 2 : 1
  const rows = grid.height - above - 1
  const scale = scaleFor(largest(shown, line?.value), rows)
  const left = axisWidth(scale)
  const plot: Plot = { left, top: above, columns: grid.width - left, rows }
  if (plot.rows < 1 || plot.columns < 4) return grid.lines()

  putScale(grid, plot, scale)
  const width = slot > 1 ? (slot - 1) * DOTS_ACROSS : 1
  const placed = shown.map((bar, i) => ({ ...bar, at: i * slot * DOTS_ACROSS, width }))
  putBars(grid, plot, placed, scale.top, line)
  if (values) putValues(grid, plot, shown, values, slot, scale.top)
  putLabels(grid, plot, shown, slot)
  return grid.lines()
}

function largest(bars: readonly Bar[], least = 0): number {
  return bars.reduce((most, { value }) => Math.max(most, value), least)
}

type Arrangement = {
  shown: readonly Bar[]
  /** Columns for each bar and the gap behind it. */
  slot: number
  /** The values as text, when there is room for all of them. */
  values: readonly string[] | null
  /** How many bars each one that is shown stands for. */
  each: number
}

function arrange(bars: readonly Bar[], columns: number): Arrangement {
  const room = Math.floor((columns + 1) / bars.length)
  const labels = bars.map(({ label }) => label)
  for (const format of room >= 2 ? [exactNumber, shortNumber] : []) {
    const values = bars.map(({ value }) => format(value))
    const widest = longest([...labels, ...values])
    if (room > widest)
      return { shown: bars, slot: Math.min(room, Math.max(WIDEST, widest + 1)), values, each: 1 }
  }
  if (room >= 1) return { shown: bars, slot: Math.min(room, WIDEST), values: null, each: 1 }
  const each = Math.ceil(bars.length / Math.max(1, columns))
  return { shown: means(bars, each), slot: 1, values: null, each }
}

function longest(texts: readonly string[]): number {
  return texts.reduce((most, { length }) => Math.max(most, length), 0)
}

function means(bars: readonly Bar[], each: number): Bar[] {
  return Array.from({ length: Math.ceil(bars.length / each) }, (_, i) => {
    const group = bars.slice(i * each, (i + 1) * each)
    return { ...group[0]!, value: group.reduce((sum, { value }) => sum + value / group.length, 0) }
  })
}

function putSummary(grid: Grid, bars: readonly Bar[], each: number, fair: number | undefined): void {
  const least = bars.reduce((least, { value }) => Math.min(least, value), Number.POSITIVE_INFINITY)
  grid.putParts(0, [
    ...(each > 1 ? [{ text: `each bar: mean of ${each} of ${grouped(bars.length)}  ` }] : []),
    { text: `min ${shortNumber(least)}  max ${shortNumber(largest(bars))}` },
    ...(fair === undefined
      ? []
      : [{ text: '  ⠒', style: theme.bold }, { text: ` fair ${shortNumber(fair)}` }]),
  ])
}

/** Each value in the row above its bar. */
function putValues(
  grid: Grid,
  { left, top, rows }: Plot,
  bars: readonly Bar[],
  texts: readonly string[],
  slot: number,
  most: number,
): void {
  for (const [i, { value, style }] of bars.entries()) {
    const text = texts[i]!
    const row = value > 0 ? Math.floor(barDotOf(value, most, rows) / DOTS_DOWN) : rows
    grid.put(left + i * slot + Math.floor((slot - 1 - text.length) / 2), top + row - 1, text, style)
  }
}

/** The labels below the bars, every second, third, … one where they would not leave space between each other. */
function putLabels(grid: Grid, { left, top, columns, rows }: Plot, bars: readonly Bar[], slot: number): void {
  const widest = longest(bars.map(({ label }) => label))
  const every = Math.ceil((widest + 1) / slot)
  for (let i = 0; i < bars.length; i += every) {
    const label = i === 0 ? cut(bars[0]!.label, columns) : bars[i]!.label
    const from = i * slot + (every === 1 ? Math.floor((slot - 1 - label.length) / 2) : 0)
    if (from + label.length <= columns) grid.put(left + from, top + rows, label, theme.dim)
  }
}
