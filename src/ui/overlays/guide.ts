import { readGuide } from '../../report/guide.ts'
import { frame } from '../frame.ts'
import type { Size } from '../panes/size.ts'
import { cut } from '../text.ts'
import { theme } from '../theme.ts'

/** The guide to a model, from its line `top` on. */
export function guideOverlay(name: string, top: number, { width, height }: Size): string[] {
  const lines = readGuide(name) ?? [`There is no guide to ${name}.`]
  const room = height - 2
  const from = Math.max(0, Math.min(top, lines.length - room))
  const rest = lines.length - from - room
  return frame({
    title: `GUIDE ${name}`,
    right: '↑ ↓ scroll, Esc closes',
    bottom: rest > 0 ? `${rest} more lines` : '',
    width,
    height,
    focused: true,
    lines: lines.slice(from, from + room).map((line) => styled(cut(line, width - 4))),
  })
}

/** The little of Markdown that guides use: headings, and commands that are indented or between fences. */
function styled(line: string): string {
  if (line.startsWith('#')) return theme.title(line.replace(/^#+ /, ''))
  if (line.startsWith('    ')) return theme.key(line)
  return line.replace(/`([^`]+)`/g, (_, code: string) => theme.bold(code))
}

/** The last line that may stand at the top. */
export function lastTop(name: string): number {
  return Math.max(0, (readGuide(name)?.length ?? 0) - 1)
}
