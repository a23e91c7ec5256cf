import type { Size } from './panes/size.ts'

export const SMALLEST: Size = { width: 80, height: 24 }

/** Where each pane goes. In a small terminal the models are a line instead of a pane. */
export type Layout = {
  models: Size | null
  processes: Size
  events: Size
  client: Size
  /** Instead of events and client, while a guide is read. */
  guide: Size
  body: Size
}

/** Rows that are always there: header, balance, keys. */
const FIXED_ROWS = 3
const MODELS_WIDTH = 26

export function layoutFor({ width, height }: Size, { hasGuide = false } = {}): Layout {
  const isWide = width >= 100 && height >= 30
  const rows = height - FIXED_ROWS - (isWide ? 0 : 1)
  const columns = isWide ? width - MODELS_WIDTH : width
  const usual = isWide ? Math.max(9, Math.floor(rows * 0.35)) : 8
  const lower = hasGuide ? Math.floor(rows * 0.6) : usual
  const client = Math.floor(columns / 2)
  return {
    models: isWide ? { width: MODELS_WIDTH, height: rows } : null,
    processes: { width: columns, height: rows - lower },
    events: { width: columns - client, height: lower },
    client: { width: client, height: lower },
    guide: { width: columns, height: lower },
    body: { width, height: rows + (isWide ? 0 : 1) },
  }
}

export function isTooSmall({ width, height }: Size): boolean {
  return width < SMALLEST.width || height < SMALLEST.height
}
