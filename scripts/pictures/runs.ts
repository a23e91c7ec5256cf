import type { IBufferCell, Terminal } from '@xterm/headless'
import { ground, ink, paletteColour } from './palette.ts'

export type Style = { colour: string; background: string | null; bold: boolean; dim: boolean }

/** Lines and blocks are drawn as shapes, signs one by one, since fonts disagree on their width. */
export type Kind = 'text' | 'sign' | 'line' | 'block'

/** Cells next to each other that are drawn together. */
export type Run = { row: number; column: number; columns: number; text: string; kind: Kind; style: Style }

/** What stands on the screen, row by row; blanks only where they have a background. */
export function runsOf(terminal: Terminal): Run[] {
  const { active } = terminal.buffer
  return Array.from({ length: terminal.rows }, (_, row) => {
    const line = active.getLine(active.viewportY + row)!
    const cells = Array.from({ length: terminal.cols }, (_, column) =>
      runOf(line.getCell(column)!, row, column),
    )
    return cells.reduce<Run[]>(join, []).flatMap((run) => (run.style.background === null ? trim(run) : [run]))
  }).flat()
}

function runOf(cell: IBufferCell, row: number, column: number): Run {
  const text = cell.getChars() || ' '
  return { row, column, columns: cell.getWidth(), text, kind: kindOf(text), style: styleOf(cell) }
}

/** Appends the next cell, to the last run if they are alike. */
function join(runs: Run[], next: Run): Run[] {
  const last = runs.at(-1)
  if (next.columns === 0) return runs // the second half of a wide character
  if (!last || next.kind === 'sign' || last.kind !== next.kind || !isAlike(last.style, next.style))
    return [...runs, next]
  last.text += next.text
  last.columns += next.columns
  return runs
}

function isAlike(a: Style, b: Style): boolean {
  return a.colour === b.colour && a.background === b.background && a.bold === b.bold && a.dim === b.dim
}

/** Without the blanks around the text; nothing when there is no other. */
function trim(run: Run): Run[] {
  const text = run.text.trim()
  if (text === '') return []
  const before = run.text.length - run.text.trimStart().length
  const after = run.text.length - run.text.trimEnd().length
  return [{ ...run, text, column: run.column + before, columns: run.columns - before - after }]
}

function kindOf(text: string): Kind {
  if (/^[\u2500-\u257f]/.test(text)) return 'line'
  if (/^[\u2588-\u258f]/.test(text)) return 'block'
  return /^[\u2190-\u27ff\u2900-\u2bff]/.test(text) ? 'sign' : 'text'
}

function styleOf(cell: IBufferCell): Style {
  const front = colourOf(cell.isFgDefault(), cell.isFgRGB(), cell.getFgColor())
  const back = colourOf(cell.isBgDefault(), cell.isBgRGB(), cell.getBgColor())
  const isInverse = cell.isInverse() !== 0
  return {
    colour: (isInverse ? (back ?? ground) : front) ?? ink,
    background: isInverse ? (front ?? ink) : back,
    bold: cell.isBold() !== 0,
    dim: cell.isDim() !== 0,
  }
}

function colourOf(isDefault: boolean, isRgb: boolean, value: number): string | null {
  if (isDefault) return null
  return isRgb ? `#${value.toString(16).padStart(6, '0')}` : paletteColour(value)
}
