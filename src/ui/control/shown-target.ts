import type { Options } from '../../options/table.ts'
import { awaitedSignal } from '../../session/awaited-signal.ts'
import type { Target } from '../../session/target.ts'
import type { ShownTarget } from '../view.ts'

/** What the screen says of a server. */
export function shownTarget({ model, lab, name, summary, attach }: Target, options: Options): ShownTarget {
  return {
    name,
    summary,
    kind: model ? 'model' : lab ? 'lab' : 'command',
    showsThreads: model?.showsThreads === true,
    awaits: lab && awaitedSignal(lab, options),
    isAttached: attach !== null,
  }
}
