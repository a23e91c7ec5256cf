import type { Scene } from '../scene.ts'
import type { Rect } from '../size.ts'
import { balance } from './balance.ts'
import { chartPane } from './chart-pane.ts'
import { clientPane } from './client-pane.ts'
import { connectionsPane } from './connections-pane.ts'
import { eventsPane } from './events-pane.ts'
import { guidePane } from './guide-pane.ts'
import { header } from './header.ts'
import { helpPane } from './help-pane.ts'
import { keyLine } from './key-line.ts'
import { manualPane } from './manual-pane.ts'
import { modelsPane } from './models-pane.ts'
import type { Pane } from './pane.ts'
import { processPane } from './process-pane.ts'
import { signalsPane } from './signals-pane.ts'
import { socketsPane } from './sockets-pane.ts'

/**
 * Every pane: the only list of them. Where two would stand in one place the earlier one does. The focus goes through
 * them in this order.
 */
export const panes = [
  helpPane,
  guidePane,
  signalsPane,
  manualPane,
  socketsPane,
  connectionsPane,
  chartPane,
  header,
  modelsPane,
  processPane,
  eventsPane,
  clientPane,
  balance,
  keyLine,
] as const

export type PaneId = (typeof panes)[number]['id']

export function findPane(id: string): Pane<PaneId> | undefined {
  return panes.find((pane) => pane.id === id)
}

export type PlacedPane = { pane: Pane<PaneId>; rect: Rect }

/** The panes that are seen, and where. No two of them overlap. */
export function placedPanes({ layout, view }: Pick<Scene, 'layout' | 'view'>): PlacedPane[] {
  const placed: PlacedPane[] = []
  for (const pane of panes) {
    const rect = pane.place(layout, view)
    if (rect && !placed.some((other) => overlap(rect, other.rect))) placed.push({ pane, rect })
  }
  return placed
}

/** The pane at that column and row, and which of its lines, from 0 below its upper edge; undefined where none is. */
export function paneAt(scene: Scene, x: number, y: number): (PlacedPane & { line: number }) | undefined {
  const found = placedPanes(scene).find(({ rect }) => overlap(rect, { x, y, width: 1, height: 1 }))
  return found && { ...found, line: y - found.rect.y - 1 }
}

/** The pane that gets the focus after that one, or with -1 before it. */
export function nextInFocus(id: PaneId, step: 1 | -1): PaneId {
  const order = panes.filter((pane: Pane) => pane.takesFocus).map((pane) => pane.id)
  return order[(order.indexOf(id) + step + order.length) % order.length]!
}

function overlap(a: Rect, b: Rect): boolean {
  return a.x < b.x + b.width && b.x < a.x + a.width && a.y < b.y + b.height && b.y < a.y + a.height
}
