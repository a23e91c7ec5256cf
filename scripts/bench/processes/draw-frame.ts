import type { State } from '../../../src/state/state.ts'
import { frame } from '../../../src/ui/frame.ts'
import { initialView } from '../../../src/ui/view.ts'

const view = initialView({
  target: {
    name: 'fork',
    summary: 'a child for each client',
    kind: 'model',
    showsThreads: false,
    awaits: null,
    isAttached: false,
  },
  model: 0,
  load: { clients: 15, connections: 1000, bytes: 4096, rate: 0, think: 0 },
})

/** How long the whole screen takes to draw from the state, in microseconds. */
export function drawFrame(state: State): number {
  const from = performance.now()
  frame(state, view, { width: 120, height: 40 })
  return 1000 * (performance.now() - from)
}
