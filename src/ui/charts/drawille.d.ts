/** The parts of blessed-contrib's canvas that charts are drawn with; they come without types. */
declare module 'drawille-blessed-contrib' {
  /** Dots in Braille characters, eight to each. */
  export default class Canvas {
    width: number
    height: number
    content: Uint8Array
    colors: unknown[]
    chars: (string | null)[]
    color: string
    fontFg: string
    fontBg: string
    frame(): string
  }
}

declare module 'drawille-canvas-blessed-contrib' {
  import type Canvas from 'drawille-blessed-contrib'

  /** What draws on a canvas, in dots: two for each column of the terminal, four for each row. */
  export default class Pen {
    constructor(width: number, height: number, canvas: new (width: number, height: number) => Canvas)
    beginPath(): void
    moveTo(x: number, y: number): void
    lineTo(x: number, y: number): void
    /** Draws the path from its second point on. */
    stroke(): void
    _canvas: Canvas
  }
}
