import type { State } from '../../state/state.ts'
import { entries } from '../entries.ts'
import { frame } from '../frame.ts'
import { alignLeft } from '../text.ts'
import { theme } from '../theme.ts'
import type { Size } from './size.ts'

/** The catalogue in its groups: the chosen model marked, the running one with a dot. */
export function modelsPane(
  state: State,
  chosen: number,
  focused: boolean,
  { width, height }: Size,
): string[] {
  const inside = width - 4
  const lines: string[] = []
  let at = 0
  for (const [i, { name, group }] of entries.entries()) {
    if (group !== entries[i - 1]?.group) lines.push(theme.dim(group))
    if (i === chosen) at = lines.length
    const line = alignLeft(
      `${i === chosen ? '▸' : ' '} ${alignLeft(name, inside - 4)} ${isRunning(state, name) ? '●' : ' '}`,
      inside,
    )
    lines.push(i === chosen && focused ? theme.selected(line) : i === chosen ? theme.bold(line) : line)
  }
  const room = height - 2
  const from = Math.max(0, Math.min(at - Math.floor(room / 2), lines.length - room))
  return frame({ title: 'MODELS', width, height, focused, lines: lines.slice(from) })
}

/** The same in one line, for a small terminal. */
export function modelsLine(state: State, chosen: number, focused: boolean, width: number): string {
  const { name, summary } = entries[chosen]!
  const text = alignLeft(
    ` ◂ ${name}${isRunning(state, name) ? ' ●' : ''} ▸  ${summary} (${chosen + 1} of ${entries.length})`,
    width,
  )
  return focused ? theme.selected(text) : text
}

function isRunning({ server }: State, name: string): boolean {
  return server.name === name && server.phase !== 'gone' && server.phase !== 'none'
}
