import type { Terminal } from '@xterm/headless'
import { pathOf } from './box-lines.ts'
import { CELL, px } from './cell-size.ts'
import { ground, ink } from './palette.ts'
import { type Kind, type Run, runsOf } from './runs.ts'

const FONTS = "'DejaVu Sans Mono','SF Mono',Menlo,Consolas,'Liberation Mono',monospace"
const MARGIN = 14
/** Seen on a dark page as well as on a light one. */
const EDGE = '#3d444d'

const { width, height, font, baseline } = CELL

/** The screen of the terminal as a picture of its own: no scripts, no styles, nothing from elsewhere. */
export function svgOf(terminal: Terminal, description: string): string {
  const [w, h] = [terminal.cols * width + 2 * MARGIN, terminal.rows * height + 2 * MARGIN]
  const runs = runsOf(terminal)
  const of = (...kinds: Kind[]) => runs.filter(({ kind }) => kinds.includes(kind))
  return [
    `<svg xmlns="http://www.w3.org/2000/svg" width="${px(w)}" height="${px(h)}" viewBox="0 0 ${px(w)} ${px(h)}" role="img">`,
    `<title>${escaped(description)}</title>`,
    `<rect x=".5" y=".5" width="${px(w - 1)}" height="${px(h - 1)}" rx="8" fill="${ground}" stroke="${EDGE}"/>`,
    `<g transform="translate(${MARGIN} ${MARGIN})" fill="${ink}" font-family="${FONTS}" font-size="${font}" xml:space="preserve">`,
    ...runs.flatMap(backgroundOf),
    ...lines(of('line')),
    ...of('block').map(blocksOf),
    ...of('text', 'sign').map(textOf),
    '</g></svg>',
    '',
  ].join('\n')
}

function backgroundOf({ row, column, columns, style: { background } }: Run): string[] {
  if (background === null) return []
  return [
    `<rect x="${px(column * width)}" y="${px(row * height)}" width="${px(columns * width)}" height="${height}" fill="${background}"/>`,
  ]
}

/** One path for all lines of the same look. */
function lines(runs: readonly Run[]): string[] {
  const looks = new Map<string, Run[]>()
  for (const run of runs) looks.set(strokeOf(run), [...(looks.get(strokeOf(run)) ?? []), run])
  return [...looks].map(([look, alike]) => `<path d="${pathOf(alike)}" fill="none" ${look}/>`)
}

function strokeOf({ style: { colour, dim } }: Run): string {
  return `stroke="${colour}"${dim ? ' opacity=".45"' : ''}`
}

const EIGHTHS = '▏▎▍▌▋▊▉█'

/** Blocks that grow from the left, as one bar. */
function blocksOf({ row, column, text, style: { colour } }: Run): string {
  const eighths = Array.from(text).reduce((sum, block) => sum + EIGHTHS.indexOf(block) + 1, 0)
  const gap = 3
  return `<rect x="${px(column * width)}" y="${row * height + gap}" width="${px((eighths / 8) * width)}" height="${height - 2 * gap}" fill="${colour}"/>`
}

/** The text is fitted into its cells, whatever the font's width is. */
function textOf({ row, column, columns, text, style: { colour, bold, dim } }: Run): string {
  const look = [
    colour === ink ? '' : ` fill="${colour}"`,
    bold ? ' font-weight="bold"' : '',
    dim ? ' opacity=".6"' : '',
  ].join('')
  const place = `x="${px(column * width)}" y="${row * height + baseline}" textLength="${px(columns * width)}"`
  return `<text ${place} lengthAdjust="spacingAndGlyphs"${look}>${escaped(text)}</text>`
}

function escaped(text: string): string {
  return text.replace(/[&<>]/g, (sign) => ({ '&': '&amp;', '<': '&lt;', '>': '&gt;' })[sign]!)
}
