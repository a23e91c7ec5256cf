import type { Rect, Size } from './size.ts'

export const SMALLEST: Size = { width: 80, height: 24 }

/** The places of the screen. Panes choose among them, see panes/table.ts. */
export type Layout = {
  size: Size
  /** The first row. */
  header: Rect
  /** Everything between header and balance. */
  body: Rect
  /** A column where there is room for one, else a single row. */
  models: Rect
  upper: Rect
  /** Between upper and lower, in a large terminal. */
  middle: { left: Rect; right: Rect } | null
  /** Both lower places together. */
  lower: Rect
  lowerLeft: Rect
  lowerRight: Rect
  /** The last but one row. */
  balance: Rect
  /** The last row. */
  keys: Rect
}

const MODELS_WIDTH = 26
const MIDDLE_HEIGHT = 9
const ROWS_FOR_MIDDLE = 36

/** `isReading`: the lower part has a text to be read, and gets the room that it needs. */
export function layoutFor(size: Size, { isReading = false } = {}): Layout {
  const { width, height } = size
  const wide = isWide(size)
  const row = (y: number): Rect => ({ x: 0, y, width, height: 1 })
  const body: Rect = { x: 0, y: 1, width, height: height - 3 }
  const x = wide ? MODELS_WIDTH : 0
  const y = wide ? body.y : body.y + 1
  const rows = body.y + body.height - y
  const columns = width - x
  const hasMiddle = wide && height >= ROWS_FOR_MIDDLE && !isReading
  const middle = hasMiddle ? MIDDLE_HEIGHT : 0
  const usual = wide ? Math.max(10, Math.floor((rows - middle) * 0.42)) : 9
  const lower = isReading ? Math.floor(rows * 0.6) : usual
  const upper = rows - lower - middle
  const right = Math.floor(columns / 2)
  const halves = (y: number, height: number): { left: Rect; right: Rect } => ({
    left: { x, y, width: columns - right, height },
    right: { x: width - right, y, width: right, height },
  })
  const below = halves(y + upper + middle, lower)
  return {
    size,
    header: row(0),
    body,
    models: wide ? { x: 0, y, width: MODELS_WIDTH, height: rows } : row(body.y),
    upper: { x, y, width: columns, height: upper },
    middle: hasMiddle ? halves(y + upper, middle) : null,
    lower: { ...below.left, width: columns },
    lowerLeft: below.left,
    lowerRight: below.right,
    balance: row(height - 2),
    keys: row(height - 1),
  }
}

/** Whether the models have a column of their own. */
function isWide({ width, height }: Size): boolean {
  return width >= 100 && height >= 30
}

export function isTooSmall({ width, height }: Size): boolean {
  return width < SMALLEST.width || height < SMALLEST.height
}
