import { unreachable } from '../unreachable.ts'
import type { Draft } from './draft.ts'
import type { ProcessEvent } from './event.ts'
import { tell } from './log.ts'
import { add, change, disown, end, findLiving, reap } from './process-table.ts'

export function reduceProcess(draft: Draft, event: ProcessEvent): void {
  switch (event.type) {
    case 'forked':
      return reduceForked(draft, event)
    case 'probed': {
      const known = findLiving(draft, event.pid)
      if (known && event.at < known.executedAt) return
      if (known) change(draft, known, { probed: true, probedAt: event.at })
      else
        add(draft, { pid: event.pid, parent: event.parent, born: event.at, probed: true, probedAt: event.at })
      return
    }
    case 'fork-failed':
      return tell(draft, { kind: 'fork-failed', pid: event.pid, errno: event.errno })
    case 'exited':
      return end(draft, event.pid, event.at, { code: event.code })
    case 'reaped':
      return reap(draft, event)
    case 'reset-armed':
      return tell(draft, { kind: 'reset-armed', pid: event.pid })
    case 'disowned':
      return disown(draft, event.pid)
    default:
      return unreachable(event)
  }
}

/** The child tells of it when it first runs, which on a busy machine may be long after /proc has shown it. */
function reduceForked(
  draft: Draft,
  { at, pid, parent, autoReap, index }: Extract<ProcessEvent, { type: 'forked' }>,
): void {
  const told = { autoReap, index, probed: true, probedAt: at, isAnnounced: true }
  const known = findLiving(draft, pid)
  if (known && !known.isAnnounced && !known.exited) change(draft, known, told)
  else add(draft, { pid, parent, born: at, ...told })
  tell(draft, { kind: 'forked', pid, parent })
}
