import type { State } from '../../state/state.ts'
import type { Size } from '../size.ts'
import { wrap } from '../text.ts'
import { theme } from '../theme.ts'

/** What a lab has said, its latest lines, and which key does the next thing. */
export function labLines(
  { server }: State,
  signal: NodeJS.Signals | null,
  { width, height }: Size,
): string[] {
  // Below it there must be room for the key, above it for a row of the tree with its headings.
  const room = Math.max(3, Math.min(Math.floor(height * 0.6), height - 6))
  const said = server.output.flatMap(({ line }) => wrap(line, width - 4)).slice(-room)
  const next = signal ? `u sends ${signal}` : server.ending ? '⏎ runs it again' : ''
  return ['', ...said, ...(next ? [theme.key(next)] : [])]
}
