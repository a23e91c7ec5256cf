import type { State } from '../../state/state.ts'
import { wrap } from '../text.ts'
import { theme } from '../theme.ts'
import type { Size } from './size.ts'

/** What a lab has said, its latest lines, and which key does the next thing. */
export function labLines(
  { server }: State,
  signal: NodeJS.Signals | null,
  { width, height }: Size,
): string[] {
  const room = Math.max(3, Math.floor(height * 0.6))
  const said = server.output.flatMap((line) => wrap(line, width - 4)).slice(-room)
  const next = signal ? `u sends ${signal}` : server.ending ? '⏎ runs it again' : ''
  return ['', ...said, ...(next ? [theme.key(next)] : [])]
}
