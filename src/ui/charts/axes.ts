import { theme } from '../theme.ts'
import { DOTS_DOWN } from './canvas.ts'
import type { Grid } from './grid.ts'
import { dotOf, type Scale } from './scale.ts'
import { shortNumber } from './short-number.ts'

/** The part of the grid that is drawn on, without axes and labels. */
export type Plot = { left: number; top: number; columns: number; rows: number }

const UPRIGHT = '⢸'
const LEVEL = '⠉'

/** No axis takes more columns than this. */
export const WIDEST_AXIS = 7

/** How many columns the labels and the line of the upright axis take. */
export function axisWidth({ ticks }: Scale): number {
  return Math.max(...ticks.map((tick) => shortNumber(tick).length)) + 1
}

/** Draws the upright axis at the left of the plot, a label at each tick. */
export function putScale(grid: Grid, { left, top, rows }: Plot, scale: Scale): void {
  for (let y = 0; y < rows; y++) grid.put(left - 1, top + y, UPRIGHT, theme.dim)
  for (const tick of scale.ticks) {
    const label = shortNumber(tick)
    const row = Math.floor(dotOf(tick, scale.top, rows) / DOTS_DOWN)
    grid.put(left - 1 - label.length, top + row, label, theme.dim)
  }
}

/** A label whose middle should stand at a column of the plot. */
export type Label = { column: number; text: string }

/**
 * Draws the level axis below the plot with those labels that leave space between each other, the first ones
 * preferred.
 */
export function putLevelAxis(grid: Grid, { left, top, columns, rows }: Plot, labels: readonly Label[]): void {
  const y = top + rows
  grid.put(left - 1, y, LEVEL.repeat(columns + 1), theme.dim)
  const taken: [from: number, to: number][] = []
  for (const { column, text } of labels) {
    const from = Math.max(0, Math.min(column - Math.floor(text.length / 2), columns - text.length))
    const to = from + text.length
    if (to > columns || taken.some(([start, end]) => from <= end && to >= start)) continue
    taken.push([from, to])
    grid.put(left + from, y, text, theme.dim)
  }
}
