import { stripVTControlCharacters } from 'node:util'
import { expect, test } from 'vitest'
import { DOTS_ACROSS, DOTS_DOWN, drawing, type Pen } from '../../src/ui/charts/canvas.ts'

type Widget = {
  canvasSize: { width: number; height: number }
  ctx: Pen
  calcSize(): void
  emit(event: string): void
}

test('what is drawn looks as on the canvas of blessed-contrib itself', async () => {
  // It comes without types for single files.
  const path: string = 'blessed-contrib/lib/widget/canvas.js'
  const { default: Canvas } = (await import(path)) as { default: new (options: object) => Widget }
  const draw = (pen: Pen) => {
    pen.beginPath()
    for (let i = 0; i < 40; i++) pen.lineTo((i * 37) % 64, (i * 23) % 45)
    pen.moveTo(3, 3)
    pen.lineTo(-5, 90)
    pen.stroke()
  }
  for (const [columns, rows] of [
    [1, 1],
    [30, 10],
    [31, 3],
  ] as const) {
    const widget = new Canvas({ screen: { setEffects() {} } })
    widget.calcSize = () => {
      widget.canvasSize = { width: columns * DOTS_ACROSS, height: rows * DOTS_DOWN }
    }
    widget.emit('attach')
    draw(widget.ctx)
    const theirs = stripVTControlCharacters(widget.ctx._canvas.frame()).split('\n').slice(0, rows)
    expect(drawing(columns, rows, draw)).toEqual(theirs)
  }
})
