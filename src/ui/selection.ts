import { memoized } from '../select/memoized.ts'
import { shownTree } from '../select/shown-tree.ts'
import type { TreeRow } from '../select/tree.ts'
import type { ManualConnection, State } from '../state/state.ts'
import type { View } from './view.ts'

/** A selected row of the tree, and where in the tree it was last. */
export type Selection = { id: number; place: number }

const servingThreads = memoized((state: State) => shownTree(state))
const allThreads = memoized((state: State) => shownTree(state, { allThreads: true }))

/** The rows of the process tree as they are shown. */
export function shownRows(state: State, view: Pick<View, 'allThreads'>): readonly TreeRow[] {
  return view.allThreads ? allThreads(state) : servingThreads(state)
}

/** The selection of that row; null when it is not there. */
export function selectionOf(rows: readonly TreeRow[], id: number | undefined): Selection | null {
  const place = rows.findIndex((row) => row.id === id)
  return place < 0 ? null : { id: rows[place]!.id, place }
}

/** The selected row; when that has left the tree, the one that has come to its place. */
export function selectedRow(rows: readonly TreeRow[], selection: Selection | null): TreeRow | undefined {
  if (!selection) return undefined
  return rows.find(({ id }) => id === selection.id) ?? rows[Math.min(selection.place, rows.length - 1)]
}

/** The selection of the selected row as the tree is now. */
export function followed(rows: readonly TreeRow[], selection: Selection | null): Selection | null {
  const now = selectionOf(rows, selectedRow(rows, selection)?.id)
  return now?.id === selection?.id && now?.place === selection?.place ? selection : now
}

/** The selected connection made by hand, or else the latest. */
export function selectedConnection(
  { manualConnections }: State,
  { manualConnection }: Pick<View, 'manualConnection'>,
): ManualConnection | undefined {
  return manualConnections.find(({ id }) => id === manualConnection) ?? manualConnections.at(-1)
}
