import { CELL, px } from './cell-size.ts'
import type { Run } from './runs.ts'

type Strokes = { left?: true; right?: true; up?: true; down?: true; round?: true }

/** Which ways the line goes from the middle of the cell. */
const strokes: Record<string, Strokes> = {
  '─': { left: true, right: true },
  '│': { up: true, down: true },
  '╭': { right: true, down: true, round: true },
  '╮': { left: true, down: true, round: true },
  '╰': { right: true, up: true, round: true },
  '╯': { left: true, up: true, round: true },
  '├': { right: true, up: true, down: true },
  '└': { right: true, up: true },
  '┌': { right: true, down: true },
  '┐': { left: true, down: true },
  '┘': { left: true, up: true },
  '┤': { left: true, up: true, down: true },
  '┬': { left: true, right: true, down: true },
  '┴': { left: true, right: true, up: true },
  '┼': { left: true, right: true, up: true, down: true },
}

const { width, height } = CELL

/** The lines of these runs as one SVG path, strokes that touch each other in one piece. */
export function pathOf(runs: readonly Run[]): string {
  const across = new Segments()
  const down = new Segments()
  const corners: string[] = []
  for (const { row, column, text } of runs) {
    for (const [i, character] of Array.from(text).entries()) {
      const to = strokes[character]
      if (!to) continue
      const [left, top] = [(column + i) * width, row * height]
      const [x, y] = [left + width / 2, top + height / 2]
      if (to.round) corners.push(corner(to, left, top))
      else {
        if (to.left || to.right) across.add(y, to.left ? left : x, to.right ? left + width : x)
        if (to.up || to.down) down.add(x, to.up ? top : y, to.down ? top + height : y)
      }
    }
  }
  return [
    ...across.pieces().map(({ at, from, to }) => `M${px(from)} ${px(at)}H${px(to)}`),
    ...down.pieces().map(({ at, from, to }) => `M${px(at)} ${px(from)}V${px(to)}`),
    ...corners,
  ].join('')
}

function corner({ right, down }: Strokes, left: number, top: number): string {
  const [x, y] = [left + width / 2, top + height / 2]
  const side = right ? left + width : left
  const end = down ? top + height : top
  return `M${px(side)} ${px(y)}Q${px(x)} ${px(y)} ${px(x)} ${px(end)}`
}

type Piece = { at: number; from: number; to: number }

/** Parallel strokes, those that touch joined. */
class Segments {
  readonly #pieces: Piece[] = []

  add(at: number, from: number, to: number): void {
    const touching = this.#pieces.find(
      (piece) => Math.abs(piece.at - at) < 0.01 && Math.abs(piece.to - from) < 0.01,
    )
    if (touching) touching.to = to
    else this.#pieces.push({ at, from, to })
  }

  pieces(): readonly Piece[] {
    return this.#pieces
  }
}
