import type { Row } from '../measure/row.ts'

const columns = ['name', 'ours', 'other', 'ratio', 'bar', 'passed', 'note'] as const
const titles: Record<(typeof columns)[number], string> = {
  name: '',
  ours: 'ours',
  other: 'other',
  ratio: 'ratio',
  bar: 'bar',
  passed: '',
  note: '',
}
const leftAligned = new Set<string>(['name', 'note'])

/** The lines as a table with a title. */
export function table(title: string, rows: readonly Row[]): string {
  const cells = [columns.map((column) => titles[column]), ...rows.map(cellsOf)]
  const widths = columns.map((_, i) => Math.max(...cells.map((line) => line[i]!.length)))
  const lines = cells.map((line) =>
    line
      .map((cell, i) => pad(cell, widths[i]!, columns[i]!))
      .join('  ')
      .trimEnd(),
  )
  return [title, ...lines.map((line) => `  ${line}`)].join('\n')
}

function cellsOf(row: Row): string[] {
  return columns.map((column) => {
    if (column !== 'passed') return row[column] ?? ''
    return row.passed === null ? '' : row.passed ? 'pass' : 'MISS'
  })
}

function pad(cell: string, width: number, column: string): string {
  return leftAligned.has(column) ? cell.padEnd(width) : cell.padStart(width)
}
