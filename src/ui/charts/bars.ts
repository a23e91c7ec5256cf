import type { Plot } from './axes.ts'
import { DOTS_ACROSS, DOTS_DOWN, drawing, type Pen } from './canvas.ts'
import type { Grid, Style } from './grid.ts'
import { barDotOf, drawable } from './scale.ts'

/** A bar in a plot: where it begins and how wide it is, in dots. */
export type Column = { at: number; width: number; value: number; style: Style }

/**
 * Draws bars up to their values, `top` being that of the upper edge of the plot, and a dotted line at a value: a gap
 * in the bars that reach beyond it.
 */
export function putBars(
  grid: Grid,
  { left, top: row, columns, rows }: Plot,
  bars: readonly Column[],
  top: number,
  line?: { value: number; style: Style },
): void {
  const bottom = rows * DOTS_DOWN - 1
  const gap = line ? barDotOf(line.value, top, rows) : -1
  /** For each column the bar in it, and the row in which that begins. */
  const owners: ({ style: Style; row: number } | undefined)[] = Array(columns)
  const crossed: boolean[] = Array(columns * DOTS_ACROSS).fill(false)
  const drawn = drawing(columns, rows, (pen) => {
    pen.beginPath()
    for (const { at, width, value, style } of bars) {
      if (!(value > 0)) continue
      const y = barDotOf(drawable(value), top, rows)
      if (gap >= y) crossed.fill(true, at, at + width)
      for (let x = at; x < at + width; x++) {
        if (gap <= y) drawUpright(pen, x, y, bottom)
        else {
          drawUpright(pen, x, y, gap - 1)
          drawUpright(pen, x, gap + 1, bottom)
        }
      }
      const owner = { style, row: Math.floor(y / DOTS_DOWN) }
      owners.fill(owner, Math.floor(at / DOTS_ACROSS), Math.ceil((at + width) / DOTS_ACROSS))
    }
    if (line) drawDotted(pen, gap, crossed)
    pen.stroke()
  })
  for (const [y, text] of drawn.entries())
    for (let x = 0; x < columns; x++) {
      const owner = owners[x]
      if (text[x] !== ' ')
        grid.put(left + x, row + y, text[x]!, owner && y >= owner.row ? owner.style : line?.style)
    }
}

function drawUpright(pen: Pen, x: number, from: number, to: number): void {
  if (from > to) return
  pen.moveTo(x, from)
  pen.lineTo(x, to)
}

/** Draws a line of pairs of dots where it crosses nothing. */
function drawDotted(pen: Pen, y: number, crossed: readonly boolean[]): void {
  for (let x = 0; x < crossed.length; x += 4) {
    if (crossed[x] || crossed[x + 1]) continue
    pen.moveTo(x, y)
    pen.lineTo(x + 1, y)
  }
}
