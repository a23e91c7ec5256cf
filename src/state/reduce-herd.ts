import { unreachable } from '../unreachable.ts'
import type { Draft } from './draft.ts'
import type { HerdEvent } from './event.ts'

export function reduceHerd(draft: Draft, event: HerdEvent): void {
  switch (event.type) {
    case 'herd-started': {
      const { children, connections } = event
      draft.herd = { children, connections, rows: [], isRunning: true }
      return
    }
    case 'herd-measured':
      if (draft.herd) draft.herd = { ...draft.herd, rows: [...draft.herd.rows, event.row] }
      return
    case 'herd-ended':
      if (draft.herd) draft.herd = event.interrupted ? null : { ...draft.herd, isRunning: false }
      return
    default:
      return unreachable(event)
  }
}
