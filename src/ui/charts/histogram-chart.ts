import type { Duration, LatencyBucket } from '../../state/event.ts'
import type { Size } from '../size.ts'
import { theme } from '../theme.ts'
import { ascii } from './ascii.ts'
import { axisWidth, type Label, type Plot, putLevelAxis, putScale, WIDEST_AXIS } from './axes.ts'
import { putBars } from './bars.ts'
import { DOTS_ACROSS } from './canvas.ts'
import { Grid, type Style } from './grid.ts'
import { message } from './message.ts'
import { drawable, scaleFor } from './scale.ts'
import { shortNumber } from './short-number.ts'

export type HistogramChart = Size & {
  /** Without gaps, each equally wide on a logarithmic scale. */
  buckets: readonly LatencyBucket[]
  /** Values to name, such as percentiles. */
  marks?: readonly { label: string; at: Duration }[]
  style?: Style
  /** What is said while nothing is counted. */
  empty?: string
}

/** Few buckets do not become wider than this, in dots. */
const WIDEST = 16

/**
 * How many took how long, on a logarithmic scale of milliseconds: the named values, the bars, the scale. Where there
 * are more buckets than columns, neighbours are added up. Exactly `height` lines of `width` columns, whatever is
 * asked for.
 */
export function histogramChart({
  buckets,
  marks = [],
  style = theme.received,
  empty = 'No latency is measured yet.',
  ...size
}: HistogramChart): string[] {
  const grid = new Grid(size)
  const known = buckets.filter(isKnown)
  const total = drawable(known.reduce((sum, { count }) => sum + count, 0))
  if (total === 0) return message(grid, empty)
  grid.putParts(0, [
    { text: 'ms:' },
    ...marks.map(({ label, at }) => ({ text: ` ${ascii(label)} ${shortNumber(drawable(at))} ` })),
    { text: ` ${shortNumber(total)} in all` },
  ])

  const hasAxis = grid.height >= 4
  const rows = grid.height - (hasAxis ? 2 : 1)
  const shown = merged(known, Math.max(1, grid.width - WIDEST_AXIS))
  const scale = scaleFor(
    shown.reduce((most, { count }) => Math.max(most, drawable(count)), 0),
    rows,
  )
  const left = axisWidth(scale)
  const room = grid.width - left
  if (rows < 1 || room < 4) return grid.lines()

  const dots = Math.min(room * DOTS_ACROSS, shown.length * WIDEST)
  const plot: Plot = { left, top: 1, columns: Math.ceil(dots / DOTS_ACROSS), rows }
  const edge = (i: number) => Math.floor((i * dots) / shown.length)
  const bars = shown.map(({ count }, i) => {
    const space = edge(i + 1) - edge(i)
    return { at: edge(i), width: Math.max(1, space > 2 ? space - 1 : space), value: count, style }
  })
  putScale(grid, plot, scale)
  putBars(grid, plot, bars, scale.top)
  if (hasAxis) putLevelAxis(grid, plot, timeLabels(shown, plot.columns))
  return grid.lines()
}

function isKnown({ from, to, count }: LatencyBucket): boolean {
  return [from, to, count].every(Number.isFinite) && count >= 0 && from >= 0 && to > from
}

/** At most so many buckets, each the sum of as many neighbours. */
function merged(buckets: readonly LatencyBucket[], most: number): readonly LatencyBucket[] {
  const each = Math.ceil(buckets.length / most)
  if (each === 1) return buckets
  return Array.from({ length: Math.ceil(buckets.length / each) }, (_, i) => {
    const group = buckets.slice(i * each, (i + 1) * each)
    const count = group.reduce((sum, { count }) => sum + count, 0)
    return { from: group[0]!.from, to: group.at(-1)!.to, count }
  })
}

/** Round numbers where they belong: powers of ten, then the fives and twos between, then both ends. */
function timeLabels(buckets: readonly LatencyBucket[], columns: number): Label[] {
  const [first, last] = [buckets[0]!, buckets.at(-1)!]
  const least = first.from || first.to / 2
  const [low, high] = [Math.floor(Math.log10(least)), Math.ceil(Math.log10(last.to))]
  // What is longer than all time needs no labels in between.
  const powers = Array.from({ length: Math.min(40, high - low + 1) }, (_, i) => 10 ** (low + i))
  const round = [1, 5, 2].flatMap((times) => powers.map((power) => power * times))
  return [...round, first.from, last.to]
    .filter((time) => time >= first.from && time <= last.to)
    .map((time) => ({ column: Math.round(placeOf(time, buckets) * columns), text: shortNumber(time) }))
}

/** Where a time stands among the buckets, from 0 to 1. */
function placeOf(time: Duration, buckets: readonly LatencyBucket[]): number {
  const found = buckets.findIndex(({ to }) => time < to)
  const i = found < 0 ? buckets.length - 1 : found
  const { from, to } = buckets[i]!
  const begin = from || to / 2
  const share = Math.log(Math.max(time, begin) / begin) / Math.log(to / begin)
  return (i + Math.min(1, share)) / buckets.length
}
