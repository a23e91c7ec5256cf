import type { Duration, Instant } from '../../state/event.ts'
import type { Size } from '../size.ts'
import { ascii, cut } from './ascii.ts'
import { axisWidth, type Label, type Plot, putLevelAxis, putScale } from './axes.ts'
import { DOTS_ACROSS, drawing } from './canvas.ts'
import { Grid, type Style } from './grid.ts'
import { message } from './message.ts'
import { dotOf, drawable, scaleFor } from './scale.ts'
import { shortNumber } from './short-number.ts'

export type Point = { at: Instant; value: number }

export type Series = { name: string; points: readonly Point[]; style: Style }

export type LineChart = Size & {
  /** Points in the order of their times, values of at least 0. */
  series: readonly Series[]
  /** Stands behind the values of the legend. */
  unit: string
  /** What is said while there is no point. */
  empty?: string
}

/** Windows of time that are shown, the shortest one that holds all points. */
const WINDOWS: Duration[] = [10_000, 20_000, 30_000, 60_000]
const MINUTE: Duration = 60_000

const BRAILLE = 0x2800
/**
 * Which dots of the character in a column the n-th line keeps, so that lines can be told apart without colour: all,
 * those of two columns in three, the left ones.
 */
const patterns: ((column: number) => number)[] = [
  () => 0xff,
  (column) => (column % 3 === 2 ? 0 : 0xff),
  () => 0x47,
]

/** The patterns in the legend. */
const MARKS = ['⠒⠒⠒ ', '⠒ ⠒ ', '⠂⠂⠂ ']

/**
 * Values over the last seconds: a legend with the latest value of each series, an axis with units and one with the
 * time. Exactly `height` lines of `width` columns, whatever is asked for.
 */
export function lineChart({
  series,
  unit,
  empty = 'Nothing is measured yet.',
  ...size
}: LineChart): string[] {
  const grid = new Grid(size)
  const known = series.map((each) => ({ ...each, points: each.points.filter(isKnown) }))
  const times = known.flatMap(({ points }) => points.map(({ at }) => at))
  if (times.length === 0) return message(grid, empty)
  putLegend(grid, known, unit)

  const hasTimes = grid.height >= 4
  const rows = grid.height - (hasTimes ? 2 : 1)
  const scale = scaleFor(largest(known), rows)
  const left = axisWidth(scale)
  const plot: Plot = { left, top: 1, columns: grid.width - left, rows }
  if (rows < 1 || plot.columns < 4) return grid.lines()

  const now = times.reduce((latest, at) => Math.max(latest, at))
  const window = windowFor(now - times.reduce((first, at) => Math.min(first, at)))
  putScale(grid, plot, scale)
  if (hasTimes) putLevelAxis(grid, plot, timeLabels(window, plot.columns))
  putLines(grid, plot, known, { from: now - window, window, top: scale.top })
  return grid.lines()
}

function isKnown({ at, value }: Point): boolean {
  return Number.isFinite(at) && Number.isFinite(value)
}

function largest(series: readonly Series[]): number {
  let most = 0
  for (const { points } of series) for (const { value } of points) most = Math.max(most, drawable(value))
  return most
}

/** Where there is too little room, the names are cut, not the values. */
function putLegend(grid: Grid, series: readonly Series[], unit: string): void {
  const entries = series.map(({ name, points, style }, i) => {
    const latest = points.at(-1)
    const value = latest ? `${shortNumber(Math.max(0, latest.value))}${ascii(unit)}` : '-'
    return {
      mark: `${i > 0 ? '  ' : ''}${MARKS[i % MARKS.length]!}`,
      style,
      name: ascii(name),
      value: ` ${value}`,
    }
  })
  const fixed = entries.reduce((sum, { mark, value }) => sum + mark.length + value.length, 0)
  const all = entries.reduce((sum, { name }) => sum + name.length, fixed)
  const room = all > grid.width ? Math.max(2, Math.floor((grid.width - fixed) / entries.length)) : all
  grid.putParts(
    0,
    entries.flatMap(({ mark, style, name, value }) => [
      { text: mark, style },
      { text: cut(name, room) + value },
    ]),
  )
}

/** The whole window in round seconds, or minutes. */
function windowFor(span: Duration): Duration {
  return WINDOWS.find((window) => window >= span) ?? Math.ceil(span / MINUTE) * MINUTE
}

function timeLabels(window: Duration, columns: number): Label[] {
  const ago = (time: Duration) =>
    time > 2 * MINUTE ? `-${shortNumber(time / MINUTE)} min` : `-${time / 1000} s`
  return [
    { column: columns, text: 'now' },
    { column: 0, text: ago(window) },
    { column: Math.floor(columns / 2), text: ago(window / 2) },
  ]
}

type Cell = { dots: number; style: Style }

/** Draws the lines; where several meet, in the style of the first. */
function putLines(
  grid: Grid,
  plot: Plot,
  series: readonly Series[],
  scale: { from: Instant; window: Duration; top: number },
): void {
  const { left, top, columns, rows } = plot
  const cells = Array.from({ length: rows }, () => Array<Cell | undefined>(columns))
  for (const [i, { points, style }] of series.entries()) {
    const path = points.map(({ at, value }): [number, number] => [
      Math.round(((at - scale.from) / scale.window) * (columns * DOTS_ACROSS - 1)),
      dotOf(drawable(value), scale.top, rows),
    ])
    for (const [y, line] of drawPath(plot, path).entries())
      for (let x = 0; x < columns; x++) {
        const dots = dotsOf(points.length > 1 ? masked(line[x]!, i, x) : line[x]!)
        const below = cells[y]![x]
        if (dots > 0) cells[y]![x] = { dots: dots | (below?.dots ?? 0), style: below?.style ?? style }
      }
  }
  for (const [y, row] of cells.entries())
    for (const [x, cell] of row.entries())
      if (cell) grid.put(left + x, top + y, String.fromCharCode(BRAILLE + cell.dots), cell.style)
}

function drawPath({ columns, rows }: Plot, path: [number, number][]): string[] {
  const [first] = path
  if (!first) return []
  return drawing(columns, rows, (pen) => {
    pen.beginPath()
    // From the first point to itself: a single one is seen, too.
    for (const [x, y] of [first, ...path]) pen.lineTo(x, y)
    pen.stroke()
  })
}

function dotsOf(character: string): number {
  return character === ' ' ? 0 : character.charCodeAt(0) - BRAILLE
}

/** What the n-th line keeps of a character. */
function masked(character: string, n: number, column: number): string {
  const kept = dotsOf(character) & patterns[n % patterns.length]!(column)
  return kept === 0 ? ' ' : String.fromCharCode(BRAILLE + kept)
}
