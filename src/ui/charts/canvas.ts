import { stripVTControlCharacters } from 'node:util'
import type CanvasWidget from 'blessed-contrib/lib/widget/canvas.js'
import type { Pen } from 'blessed-contrib/lib/widget/canvas.js'

export const DOTS_ACROSS = 2
export const DOTS_DOWN = 4

let Widget: typeof CanvasWidget | null = null

/** Loads what draws the charts: some ten megabytes, so only when the first chart is wanted. */
export async function loadCharts(): Promise<void> {
  Widget ??= (await import('blessed-contrib/lib/widget/canvas.js')).default
}

export function areChartsLoaded(): boolean {
  return Widget !== null
}

/** A widget asks its screen for nothing else as long as it is not put on it, and so the terminal is left alone. */
const noScreen = { setEffects() {} }

/**
 * What `draw` draws, as so many rows of so many Braille characters and spaces, without colour. Coordinates are in
 * dots from the upper left corner and must be finite; what is outside is not drawn. Charts must be loaded.
 */
export function drawing(columns: number, rows: number, draw: (pen: Pen) => void): string[] {
  if (!Widget || columns < 1 || rows < 1) return []
  const widget = new Widget({ screen: noScreen })
  widget.calcSize = () => {
    widget.canvasSize = { width: columns * DOTS_ACROSS, height: rows * DOTS_DOWN }
  }
  widget.emit('attach')
  draw(widget.ctx)
  return stripVTControlCharacters(widget.ctx._canvas.frame()).split('\n').slice(0, rows)
}
