import type { Layout } from '../layout.ts'
import type { Scene } from '../scene.ts'
import type { Rect } from '../size.ts'
import type { View } from '../view.ts'

/** A part of the screen. All of it is pure. */
export type Pane<Id extends string = string> = {
  id: Id
  /** Whether Tab and the mouse come to it. */
  takesFocus?: true
  /** Where it would stand; null where it is not wanted. */
  place(layout: Layout, view: View): Rect | null
  /** As many lines as the rectangle has, each exactly as wide, with their colours. */
  draw(scene: Scene, rect: Rect): string[]
  /** What changes when the keys go so many steps down, or up. */
  move?(scene: Scene, step: number): Partial<View>
  /** What changes when that line of it is chosen, from 0 below its upper edge. */
  select?(scene: Scene, rect: Rect, line: number): Partial<View>
}
