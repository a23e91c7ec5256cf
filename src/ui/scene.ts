import type { Instant } from '../state/event.ts'
import type { State } from '../state/state.ts'
import { type Layout, layoutFor } from './layout.ts'
import type { Size } from './size.ts'
import type { View } from './view.ts'

/** All that the screen is drawn from. */
export type Scene = {
  /** What is shown: the state as it is, or as it was when the user froze it. */
  state: State
  /** The time of the state as it is. */
  now: Instant
  view: View
  layout: Layout
}

export function sceneOf(state: State, view: View, size: Size): Scene {
  const layout = layoutFor(size, { isReading: view.overlay?.kind === 'guide' })
  return { state: view.frozen ?? state, now: state.now, view, layout }
}
