import { unreachable } from '../../unreachable.ts'
import type { MouseAction } from '../mouse.ts'
import { type PlacedPane, paneAt } from '../panes/table.ts'
import type { Scene } from '../scene.ts'
import type { View } from '../view.ts'

const WHEEL_STEP = 3

/** What changes by what the mouse does: the wheel moves in the pane below it, a press selects there. */
export function point(scene: Scene, { what, x, y }: MouseAction): Partial<View> {
  const { mouse, overlay, editing } = scene.view
  const found = paneAt(scene, x, y)
  if (!found?.pane.takesFocus || !mouse || overlay || editing) return {}
  return { pane: found.pane.id, notice: null, ...changeBy(what, found, scene) }
}

function changeBy(
  what: MouseAction['what'],
  { pane, rect, line }: PlacedPane & { line: number },
  scene: Scene,
): Partial<View> {
  switch (what) {
    case 'press':
      return pane.select?.(scene, rect, line) ?? {}
    case 'wheel-up':
      return pane.move?.(scene, -WHEEL_STEP) ?? {}
    case 'wheel-down':
      return pane.move?.(scene, WHEEL_STEP) ?? {}
    default:
      return unreachable(what)
  }
}
