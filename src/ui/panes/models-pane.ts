import type { State } from '../../state/state.ts'
import { box } from '../box.ts'
import { clamp, windowStart } from '../clamp.ts'
import { entries } from '../entries.ts'
import type { Size } from '../size.ts'
import { alignLeft } from '../text.ts'
import { theme } from '../theme.ts'
import type { Pane } from './pane.ts'

/** The catalogue in its groups: the chosen model marked, the running one with a dot. In a small terminal one line. */
export const modelsPane: Pane<'models'> = {
  id: 'models',
  takesFocus: true,
  place: (layout) => layout.models,
  draw({ state, view }, rect) {
    const isFocused = view.pane === 'models'
    return rect.height === 1
      ? [oneLine(state, view.model, isFocused, rect.width)]
      : allGroups(state, view.model, isFocused, rect)
  },
  move: ({ view: { model } }, step) => ({ model: clamp(model + step, entries.length) }),
  select({ view: { model } }, { height }, line) {
    const found = visibleLines(model, height)[line]
    return typeof found === 'number' ? { model: found } : {}
  },
}

function allGroups(state: State, chosen: number, focused: boolean, { width, height }: Size): string[] {
  const inside = width - 4
  const lines = visibleLines(chosen, height).map((line) => {
    if (typeof line === 'string') return theme.dim(line)
    const { name } = entries[line]!
    const text = alignLeft(
      `${line === chosen ? '▸' : ' '} ${alignLeft(name, inside - 4)} ${isRunning(state, name) ? '●' : ' '}`,
      inside,
    )
    return line !== chosen ? text : focused ? theme.selected(text) : theme.bold(text)
  })
  return box({ title: 'MODELS', width, height, focused, lines })
}

/** What is in each line: the name of a group, or the index of an entry. */
const catalogueLines: readonly (string | number)[] = entries.flatMap(({ group }, i) =>
  group === entries[i - 1]?.group ? [i] : [group, i],
)

function visibleLines(chosen: number, height: number): readonly (string | number)[] {
  const room = Math.max(0, height - 2)
  const at = catalogueLines.indexOf(chosen)
  const from = windowStart(at, catalogueLines.length, room)
  return catalogueLines.slice(from, from + room)
}

function oneLine(state: State, chosen: number, focused: boolean, width: number): string {
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
