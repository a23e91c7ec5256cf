import { theme } from '../theme.ts'
import { ascii, wrap } from './ascii.ts'
import type { Grid } from './grid.ts'

/** A chart that has nothing to show: words in its place. */
export function message(grid: Grid, text: string): string[] {
  const lines = wrap(ascii(text), grid.width)
  const top = Math.max(0, Math.floor((grid.height - lines.length) / 2))
  for (const [i, line] of lines.entries()) grid.put(0, top + i, line, theme.dim)
  return grid.lines()
}
