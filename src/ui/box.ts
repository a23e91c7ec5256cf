import { pad, width } from './text.ts'
import { theme } from './theme.ts'

export type Box = {
  title: string
  /** Stands at the right of the upper edge. */
  right?: string
  /** Stands at the right of the lower edge. */
  bottom?: string
  width: number
  height: number
  focused: boolean
  /** What is inside, in colour, each line at most `width - 4` columns. */
  lines: readonly string[]
}

/** The lines of a pane: a rounded border with the title in it, the content, filled up to the height. */
export function box({
  title,
  right = '',
  bottom = '',
  width: columns,
  height,
  focused,
  lines,
}: Box): string[] {
  const edge = focused ? theme.focusedFrame : theme.frame
  const inside = columns - 4
  const body = Array.from(
    { length: height - 2 },
    (_, i) => `${edge('│')} ${pad(lines[i] ?? '', inside)} ${edge('│')}`,
  )
  return [
    `${edge('╭')} ${theme.title(title)} ${rule(edge, columns - 4 - width(title), right)}${edge('╮')}`,
    ...body,
    `${edge('╰')}${rule(edge, columns - 2, bottom)}${edge('╯')}`,
  ]
}

/** A horizontal line of so many columns, with a text near its right end. */
function rule(edge: (text: string) => string, columns: number, text: string): string {
  const line = columns - width(text) - 3
  if (text === '' || line < 0) return edge('─'.repeat(columns))
  return `${edge('─'.repeat(line))} ${text} ${edge('─')}`
}
