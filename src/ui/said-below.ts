import type { Controller } from './controller.ts'
import { labLines } from './panes/lab-lines.ts'
import type { Size } from './panes/size.ts'
import { whatHappened } from './panes/what-happened.ts'

/** What stands below the tree: the lines of a lab, or why there is no server. */
export function saidBelow({ state, target, awaitedSignal }: Controller, size: Size): string[] {
  if (target.lab) return labLines(state, awaitedSignal, size)
  return whatHappened(state, size.width - 4)
}
