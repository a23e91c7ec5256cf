/** The part of blessed-contrib that charts are drawn with; it comes without types for single files. */
declare module 'blessed-contrib/lib/widget/canvas.js' {
  /** What draws on a canvas, in dots: two for each column of the terminal, four for each row. */
  export type Pen = {
    beginPath(): void
    moveTo(x: number, y: number): void
    lineTo(x: number, y: number): void
    /** Draws the path from its second point on. */
    stroke(): void
    _canvas: { frame(): string }
  }

  export default class Canvas {
    constructor(options: { screen: { setEffects(): void } })
    canvasSize: { width: number; height: number }
    ctx: Pen
    calcSize(): void
    emit(event: 'attach'): void
  }
}
