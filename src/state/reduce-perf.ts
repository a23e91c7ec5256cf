import { unreachable } from '../unreachable.ts'
import type { Draft } from './draft.ts'
import type { PerfStateEvent } from './event.ts'
import { tell } from './log.ts'
import { add, change, end, findLiving, reap } from './process-table.ts'
import { setAccepts } from './reduce-counters.ts'
import { countHandlerRuns, countSignal } from './reduce-signal.ts'

/**
 * What perf tells comes a little later than what the probe notes. Of a process that the probe is in, or was forked by
 * one, the probe tells the same and more: so there perf only counts, and is a second opinion.
 */
export function reducePerf(draft: Draft, event: PerfStateEvent): void {
  switch (event.type) {
    case 'perf-found': {
      const { pid, parent, at } = event
      if (findLiving(draft, pid) || draft.processes.get(parent)?.probed) return
      // Told late: it is known to have ended meanwhile.
      if ((draft.processes.get(pid)?.reaped?.at ?? 0) > at) return
      add(draft, { pid, parent, born: at })
      if (draft.processes.has(parent)) tell(draft, { kind: 'forked', pid, parent })
      return
    }
    case 'perf-executed': {
      // Whether the probe is in the new program, too, it tells itself: that may have been read before, or be late.
      const process = findLiving(draft, event.pid)
      if (!process) return
      const probed = process.probed && process.probedAt > event.at
      change(draft, process, { probed, executedAt: event.at })
      return
    }
    case 'perf-ended':
      if (isOurs(draft, event.pid)) end(draft, event.pid, event.at, event.ending)
      return
    case 'perf-reaped':
      if (isOurs(draft, event.pid)) reap(draft, event)
      return
    case 'perf-counted':
      for (const { pid, accepts, eagain } of event.changes) {
        const process = draft.processes.get(pid)
        if (!process) continue
        setAccepts(draft, process, { perfAccepts: (process.perfAccepts ?? 0) + accepts })
        const known = draft.processes.get(pid)!
        if (!known.probed && eagain)
          change(draft, known, { counts: { ...known.counts, eagain: known.counts.eagain + eagain } })
      }
      return
    case 'perf-signal': {
      const { from, to, signal, count } = event
      if (draft.processes.get(from)?.probed || !draft.processes.has(to)) return
      countSignal(draft, { name: signal, from, to }, count)
      if (isOver(draft)) return
      return tell(draft, { kind: 'signal', from, to, signal, effect: null }, count)
    }
    case 'perf-handled':
      if (!draft.processes.has(event.pid)) return
      countHandlerRuns(draft, event.signal, event.pid, event.count)
      if (isOver(draft)) return
      return tell(draft, { kind: 'handled', pid: event.pid, signal: event.signal }, event.count)
    default:
      return unreachable(event)
  }
}

/** Whether it was told that nothing is left: what perf tells after that counts, but is no news. */
function isOver(draft: Draft): boolean {
  return draft.server.phase === 'gone'
}

/** Whether the process is known, and perf alone tells what becomes of it. */
function isOurs(draft: Draft, pid: number): boolean {
  const process = findLiving(draft, pid)
  return process !== undefined && !process.probed && pid !== draft.server.pid
}
