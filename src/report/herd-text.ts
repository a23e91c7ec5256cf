import type { HerdRow } from '../state/event.ts'
import type { Herd } from '../state/state.ts'

/** The table of the lab `herd`, as far as it is measured. */
export function herdLines({ children, connections, rows }: Herd): string[] {
  return [
    `${children} children wait on one listener; one client makes ${connections} connections.`,
    'for each connection   switched   returned   found nothing',
    ...rows.map(rowText),
  ]
}

function rowText({ waitsIn, accepts, switches, wakeups, eagain }: HerdRow): string {
  const [switched, returned, nothing] = [switches, wakeups, eagain].map((n) => (n / accepts).toFixed(2))
  return `${waitsIn.padEnd(22)}${switched!.padStart(8)}${returned!.padStart(11)}${nothing!.padStart(16)}`
}
