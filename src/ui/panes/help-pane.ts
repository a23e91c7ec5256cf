import { box } from '../box.ts'
import type { Command } from '../commands/command.ts'
import { commandsIn } from '../commands/table.ts'
import { alignLeft, cut } from '../text.ts'
import { theme } from '../theme.ts'
import type { Pane } from './pane.ts'

/** Every key that counts in the panes, in two columns, and what the signs on the screen mean. */
export const helpPane: Pane<'help'> = {
  id: 'help',
  place: ({ body }, { overlay }) => (overlay?.kind === 'help' ? body : null),
  draw(_, { width, height }) {
    const inside = width - 4
    const column = Math.floor(inside / 2)
    const keys = commandsIn('panes').map((command) => keyText(command, column))
    const rows = Math.ceil(keys.length / 2)
    return box({
      title: 'HELP',
      right: 'Esc closes',
      width,
      height,
      focused: true,
      lines: [
        ...keys.slice(0, rows).map((left, i) => left + (keys[rows + i] ?? '')),
        ...legend.map((line) => theme.dim(cut(line, inside))),
      ],
    })
  },
}

function keyText({ shows, help }: Command, width: number): string {
  return `${theme.key(alignLeft(shows, 8))} ${alignLeft(help, width - 9)}`
}

const legend = [
  'R runs · S waits, in which call · T stopped · Z zombie: not yet reaped',
  'blind: the probe is not in that process: what it accepts is not counted',
  'time-wait: closed, and kept by the kernel for a minute',
]
