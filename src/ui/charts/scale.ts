import { DOTS_DOWN } from './canvas.ts'

/** From 0 to `top`, with labels at the ticks. */
export type Scale = { top: number; ticks: number[] }

const STEPS = [1, 1.5, 2, 2.5, 3, 4, 5, 6, 8, 10]
/** More than anything that is counted, and far enough from where numbers end. */
const LARGEST = 1e18

/** A value that can be drawn: what is no number is 0. */
export function drawable(value: number): number {
  return Number.isNaN(value) ? 0 : Math.min(Math.max(0, value), LARGEST)
}

/** A scale with round numbers that reaches at least up to `most`, for so many rows. */
export function scaleFor(most: number, rows: number): Scale {
  const intervals = rows >= 9 ? 4 : rows >= 5 ? 2 : 1
  const step = most > 0 ? roundStep(most / intervals, most >= 1) : 1
  const count = Math.max(1, Math.ceil(most / step))
  return { top: step * count, ticks: Array.from({ length: count + 1 }, (_, i) => step * i) }
}

/** The next round number, of things that are counted a whole one. */
function roundStep(least: number, isWhole: boolean): number {
  const power = 10 ** Math.floor(Math.log10(least))
  const steps = STEPS.map((step) => step * power)
  return (
    steps.find((step) => step >= least && (!isWhole || step >= 1e3 || Number.isInteger(step))) ?? 10 * power
  )
}

/** The dot at which a value stands in so many rows, from the top: 0 is the lowest one. */
export function dotOf(value: number, top: number, rows: number): number {
  return Math.round((1 - value / top) * (rows * DOTS_DOWN - 1))
}

/** The uppermost dot of a bar, whose height is in proportion to its value but at least one dot. */
export function barDotOf(value: number, top: number, rows: number): number {
  const dots = rows * DOTS_DOWN
  return dots - Math.max(1, Math.round((value / top) * dots))
}
