import type { TreeRow } from '../../select/tree.ts'
import type { Process } from '../../state/state.ts'
import { frame } from '../frame.ts'
import type { Size } from '../panes/size.ts'
import { alignLeft } from '../text.ts'
import { theme } from '../theme.ts'
import { menuSignals } from '../view-state.ts'

/** The signals that can be sent to the process, each with what the process has set for it. */
export function signalMenu(row: TreeRow | undefined, index: number, { width, height }: Size): string[] {
  const process = row?.process
  const inside = width - 4
  const room = height - 2
  const from = Math.max(0, Math.min(index - Math.floor(room / 2), menuSignals.length - room))
  const lines = menuSignals.map((signal, i) => {
    const line = alignLeft(`${alignLeft(signal, 9)} ${process ? effect(process, signal) : ''}`, inside)
    return i === index ? theme.selected(line) : line
  })
  return frame({
    title: process ? `SIGNAL TO ${row?.role} ${process.pid}` : 'SIGNAL',
    right: '⏎ sends, Esc closes',
    width,
    height,
    focused: true,
    lines: lines.slice(from, from + room),
  })
}

/** Source of the default actions: signal(7). */
const defaults: Record<(typeof menuSignals)[number], string> = {
  SIGTERM: 'ends it',
  SIGINT: 'ends it',
  SIGHUP: 'ends it',
  SIGUSR1: 'ends it',
  SIGUSR2: 'ends it',
  SIGSTOP: 'stops it, always',
  SIGCONT: 'continues it if stopped',
  SIGKILL: 'ends it, always',
  SIGCHLD: 'nothing',
  SIGPIPE: 'ends it',
}

function effect({ catches, ignores, exited }: Process, signal: (typeof menuSignals)[number]): string {
  if (exited) return 'nothing: it has ended'
  if (ignores.includes(signal)) return 'ignored'
  if (catches.includes(signal)) return 'its handler runs'
  return defaults[signal]
}
