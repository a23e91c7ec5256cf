import { herdLines } from '../report/herd-text.ts'
import type { Controller } from './controller.ts'
import { labLines } from './panes/lab-lines.ts'
import type { Size } from './panes/size.ts'
import { whatHappened } from './panes/what-happened.ts'
import { cut } from './text.ts'

/** What stands below the tree: the lines of a lab, or why there is no server. */
export function saidBelow({ state, target, awaitedSignal }: Controller, size: Size): string[] {
  if (state.herd) {
    const done = state.herd.isRunning ? [] : ['herd is done. ⏎ in the models pane runs it again.']
    const lines = [...herdLines(state.herd), ...done]
    return ['', ...lines.slice(-Math.max(3, size.height - 5)).map((line) => cut(line, size.width - 4))]
  }
  if (target.lab) return labLines(state, awaitedSignal, size)
  return whatHappened(state, size.width - 4)
}
