import { frame } from '../frame.ts'
import { type Binding, keyTable } from '../key-table.ts'
import type { Size } from '../panes/size.ts'
import { alignLeft, cut } from '../text.ts'
import { theme } from '../theme.ts'

/** Every key of the key table, and what the signs on the screen mean. */
export function helpOverlay({ width, height }: Size): string[] {
  const inside = width - 4
  return frame({
    title: 'HELP',
    right: 'Esc closes',
    width,
    height,
    focused: true,
    lines: [
      ...keyTable.panes.map((binding) => keyLine(binding, inside)),
      '',
      ...legend.map((line) => theme.dim(cut(line, inside))),
    ],
  })
}

function keyLine({ shows, help }: Binding, width: number): string {
  return `${theme.key(alignLeft(shows, 8))} ${cut(help, width - 9)}`
}

const legend = [
  'State: R runs, S waits (in which system call), T stopped, Z zombie: ended, but not yet reaped.',
  'Blind: the probe is not in that process, so what it accepts is not counted.',
]
