import type { Size } from './panes/size.ts'

export const SMALLEST: Size = { width: 80, height: 24 }

/** Where each pane goes. In a small terminal the models are a line, and sockets and charts come in place of events. */
export type Layout = {
  models: Size | null
  processes: Size
  sockets: Size | null
  chart: Size | null
  /** Events and client together. */
  lower: Size
  events: Size
  client: Size
  /** Instead of all that is below the processes, while a guide is read. */
  guide: Size
  body: Size
}

/** Rows that are always there: header, balance, keys. */
const FIXED_ROWS = 3
const MODELS_WIDTH = 26
/** Of the row with sockets and chart. */
const MIDDLE_HEIGHT = 9
const ROWS_FOR_MIDDLE = 36

export function layoutFor(size: Size, { hasGuide = false } = {}): Layout {
  const { width, height } = size
  const wide = isWide(size)
  const rows = height - FIXED_ROWS - (wide ? 0 : 1)
  const columns = wide ? width - MODELS_WIDTH : width
  const hasMiddle = wide && height >= ROWS_FOR_MIDDLE && !hasGuide
  const middle = hasMiddle ? MIDDLE_HEIGHT : 0
  const usual = wide ? Math.max(10, Math.floor((rows - middle) * 0.42)) : 9
  const lower = hasGuide ? Math.floor(rows * 0.6) : usual
  const right = Math.floor(columns / 2)
  const left = columns - right
  return {
    models: wide ? { width: MODELS_WIDTH, height: rows } : null,
    processes: { width: columns, height: rows - lower - middle },
    sockets: hasMiddle ? { width: left, height: middle } : null,
    chart: hasMiddle ? { width: right, height: middle } : null,
    lower: { width: columns, height: lower },
    events: { width: left, height: lower },
    client: { width: right, height: lower },
    guide: { width: columns, height: lower },
    body: { width, height: rows + (wide ? 0 : 1) },
  }
}

/** Whether the models have a pane of their own. */
export function isWide({ width, height }: Size): boolean {
  return width >= 100 && height >= 30
}

export function isTooSmall({ width, height }: Size): boolean {
  return width < SMALLEST.width || height < SMALLEST.height
}
