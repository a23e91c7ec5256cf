import { models } from '../../../servers/catalog.ts'
import type { State } from '../../state/state.ts'
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
  for (const [i, { name, group }] of models.entries()) {
    if (group !== models[i - 1]?.group) lines.push(theme.dim(group))
    const line = alignLeft(
      `${i === chosen ? '▸' : ' '} ${alignLeft(name, inside - 4)} ${isRunning(state, name) ? '●' : ' '}`,
      inside,
    )
    lines.push(i === chosen && focused ? theme.selected(line) : i === chosen ? theme.bold(line) : line)
  }
  return frame({ title: 'MODELS', width, height, focused, lines })
}

/** The same in one line, for a small terminal. */
export function modelsLine(state: State, chosen: number, focused: boolean, width: number): string {
  const { name, summary } = models[chosen]!
  const text = alignLeft(
    ` ◂ ${name}${isRunning(state, name) ? ' ●' : ''} ▸  ${summary} (${chosen + 1} of ${models.length})`,
    width,
  )
  return focused ? theme.selected(text) : text
}

function isRunning({ server }: State, name: string): boolean {
  return server.name === name && server.phase !== 'gone' && server.phase !== 'none'
}
