import { box } from '../box.ts'
import { cut } from '../text.ts'
import { theme } from '../theme.ts'
import type { Pane } from './pane.ts'

/** The guide to a model or a lab, as far down as it was read. */
export const guidePane: Pane<'guide'> = {
  id: 'guide',
  place: ({ lower }, { overlay }) => (overlay?.kind === 'guide' ? lower : null),
  draw({ view: { overlay } }, { width, height }) {
    if (overlay?.kind !== 'guide') return []
    const { name, lines, top } = overlay
    const room = height - 2
    const from = Math.max(0, Math.min(top, lines.length - room))
    const rest = lines.length - from - room
    return box({
      title: `GUIDE ${name}`,
      right: '↑ ↓ scroll, Esc closes',
      bottom: rest > 0 ? `${rest} more lines` : '',
      width,
      height,
      focused: true,
      lines: lines.slice(from, from + room).map((line) => styled(cut(line, width - 4))),
    })
  },
  move({ view: { overlay } }, step) {
    if (overlay?.kind !== 'guide') return {}
    const last = Math.max(0, overlay.lines.length - 1)
    return { overlay: { ...overlay, top: Math.max(0, Math.min(last, overlay.top + step)) } }
  },
}

/** The little of Markdown that guides use: headings, and commands that are indented or between fences. */
function styled(line: string): string {
  if (line.startsWith('#')) return theme.title(line.replace(/^#+ /, ''))
  if (line.startsWith('    ')) return theme.key(line)
  return line.replace(/`([^`]+)`/g, (_, code: string) => theme.bold(code))
}
