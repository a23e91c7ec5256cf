import { frame } from '../frame.ts'
import { type Binding, keyTable } from '../key-table.ts'
import type { Size } from '../panes/size.ts'
import { alignLeft, cut } from '../text.ts'
import { theme } from '../theme.ts'

/** Every key of the key table, in two columns, and what the signs on the screen mean. */
export function helpOverlay({ width, height }: Size): string[] {
  const inside = width - 4
  const column = Math.floor(inside / 2)
  const keys = keyTable.panes.map((binding) => keyText(binding, column))
  const rows = Math.ceil(keys.length / 2)
  return frame({
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
}

function keyText({ shows, help }: Binding, width: number): string {
  return `${theme.key(alignLeft(shows, 8))} ${alignLeft(help, width - 9)}`
}

const legend = [
  'R runs · S waits, in which call · T stopped · Z zombie: not yet reaped',
  'blind: the probe is not in that process: what it accepts is not counted',
  'time-wait: closed, and kept by the kernel for a minute',
]
