import { awaitedSignal } from '../awaited-signal.ts'
import type { Scene } from '../scene.ts'
import type { Size } from '../size.ts'
import { cut } from '../text.ts'
import { labLines } from './lab-lines.ts'
import { whatHappened } from './what-happened.ts'

/** What stands below the tree: the lines of a lab, or why there is no server. */
export function saidBelow({ state, view }: Scene, size: Size): string[] {
  const { herd, target } = view
  if (herd.length > 0)
    return ['', ...herd.slice(-Math.max(3, size.height - 5)).map((line) => cut(line, size.width - 4))]
  if (target.kind === 'lab') return labLines(state, awaitedSignal(state, view), size)
  return whatHappened(state, size.width - 4)
}
