import { unreachable } from '../unreachable.ts'
import type { Draft } from './draft.ts'
import type { GeneratorEvent } from './event.ts'
import { tell } from './log.ts'
import { beginLoad } from './reduce-load.ts'

/** The summary of the usual generators is shorter. */
const KEPT_LINES = 100

export function reduceGenerator(draft: Draft, event: GeneratorEvent): void {
  switch (event.type) {
    case 'generator-started':
      beginLoad(draft, event.at, { generator: { ...event.plan, ending: null, output: [] } })
      return tell(draft, { kind: 'generator-started', command: event.plan.command })
    case 'generator-output': {
      const { generator } = draft.load
      if (!generator) return
      const output = [...generator.output.slice(1 - KEPT_LINES), event.line]
      draft.load = { ...draft.load, generator: { ...generator, output } }
      return
    }
    case 'generator-ended': {
      const { at, ending, stopped, error = null } = event
      const { generator } = draft.load
      if (!generator) return
      draft.load = {
        ...draft.load,
        phase: 'ended',
        endedAt: at,
        stopped,
        error,
        generator: { ...generator, ending },
      }
      return tell(draft, { kind: 'generator-ended', ending, stopped, error })
    }
    default:
      return unreachable(event)
  }
}
