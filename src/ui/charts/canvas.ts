import DotCanvas from 'drawille-blessed-contrib'
import Pen from 'drawille-canvas-blessed-contrib'

export type { Pen }

export const DOTS_ACROSS = 2
export const DOTS_DOWN = 4

const colours = /\x1b\[[\d;]*m/g

/**
 * The canvas of blessed-contrib's widget. Its own constructor takes a Node buffer in a way that Node warns of, and
 * that no browser has; all its methods are content with any array of bytes.
 */
function Canvas(this: DotCanvas, width: number, height: number): void {
  const characters = (width * height) / (DOTS_ACROSS * DOTS_DOWN)
  Object.assign(this, {
    width,
    height,
    content: new Uint8Array(characters),
    colors: Array(characters),
    chars: Array(characters),
    color: 'normal',
    fontFg: 'normal',
    fontBg: 'normal',
  })
}
Canvas.prototype = DotCanvas.prototype

const canvas = Canvas as unknown as new (width: number, height: number) => DotCanvas

/**
 * What `draw` draws, as so many rows of so many Braille characters and spaces, without colour. Coordinates are in
 * dots from the upper left corner and must be finite; what is outside is not drawn.
 */
export function drawing(columns: number, rows: number, draw: (pen: Pen) => void): string[] {
  if (columns < 1 || rows < 1) return []
  const pen = new Pen(columns * DOTS_ACROSS, rows * DOTS_DOWN, canvas)
  draw(pen)
  return pen._canvas.frame().replace(colours, '').split('\n').slice(0, rows)
}
