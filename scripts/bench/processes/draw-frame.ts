import { shownTree } from '../../../src/select/shown-tree.ts'
import type { State } from '../../../src/state/state.ts'
import { processPane } from '../../../src/ui/panes/process-pane.ts'

/** How long a frame of the state takes to draw, in microseconds. */
export function drawFrame(state: State): number {
  const from = performance.now()
  processPane(state, shownTree(state), null, true, [], { width: 120, height: 40 })
  return 1000 * (performance.now() - from)
}
