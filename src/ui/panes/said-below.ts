import { herdLines } from '../../report/herd-text.ts'
import { awaitedSignal } from '../awaited-signal.ts'
import type { Scene } from '../scene.ts'
import type { Size } from '../size.ts'
import { cut } from '../text.ts'
import { labLines } from './lab-lines.ts'
import { whatHappened } from './what-happened.ts'

/** What stands below the tree: the lines of a lab, or why there is no server. */
export function saidBelow({ state, view }: Scene, size: Size): string[] {
  const { herd } = state
  if (herd) {
    const done = herd.isRunning ? [] : ['herd is done. ⏎ in the models pane runs it again.']
    const lines = [...herdLines(herd), ...done]
    return ['', ...lines.slice(-Math.max(3, size.height - 5)).map((line) => cut(line, size.width - 4))]
  }
  if (view.target.kind === 'lab') return labLines(state, awaitedSignal(state, view), size)
  return whatHappened(state, size.width - 4)
}
