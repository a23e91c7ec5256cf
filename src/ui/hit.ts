import { layoutFor } from './layout.ts'
import type { Size } from './panes/size.ts'
import type { Pane } from './view-state.ts'

/** The pane at that place of the screen, and which of its lines, from 0 below its upper edge; null where none is. */
export function hit(size: Size, x: number, y: number): { pane: Pane; line: number } | null {
  const { models, processes, sockets, lower, events } = layoutFor(size)
  if (!models && y === 1) return { pane: 'models', line: 0 }
  const top = models ? 1 : 2
  if (y < top) return null
  if (models && x < models.width)
    return y < top + models.height ? { pane: 'models', line: y - top - 1 } : null
  const below = top + processes.height + (sockets?.height ?? 0)
  if (y < top + processes.height) return { pane: 'processes', line: y - top - 1 }
  if (y < below || y >= below + lower.height) return null
  const isLeft = x - (models?.width ?? 0) < events.width
  return { pane: isLeft ? 'events' : 'client', line: y - below - 1 }
}
