import { theme } from '../theme.ts'
import { ascii, wrap } from './ascii.ts'
import { areChartsLoaded } from './canvas.ts'
import type { Grid } from './grid.ts'

/** A chart that has nothing to show, or cannot yet: words in its place. */
export function message(grid: Grid, text: string): string[] {
  const lines = wrap(areChartsLoaded() ? ascii(text) : 'The charts are being loaded.', grid.width)
  const top = Math.max(0, Math.floor((grid.height - lines.length) / 2))
  for (const [i, line] of lines.entries()) grid.put(0, top + i, line, theme.dim)
  return grid.lines()
}
