import type { Ending } from '../../state/event.ts'
import { signalName } from '../../state/signal-name.ts'
import type { PerfEvent, SignalOutcome } from './perf-event.ts'
import type { PerfRecord } from './read-records.ts'
import { END, RECORD } from './record-layout.ts'

/** The event that a record tells of; null for records that are not events by themselves, and for unknown ones. */
export function decodePerfEvent({ kind, at, pid, a, b, c, d }: PerfRecord): PerfEvent | null {
  switch (kind) {
    case RECORD.found:
      return { type: 'found', at, pid, parent: a }
    case RECORD.forked:
      return { type: 'forked', at, pid, parent: a, autoReap: b !== 0, index: c }
    case RECORD.executed:
      return { type: 'executed', at, pid }
    case RECORD.ended:
      return { type: 'ended', at, pid, ending: endingOf(a, b) }
    case RECORD.reaped:
      return { type: 'reaped', at, pid, by: a, ending: endingOf(b, c) }
    case RECORD.sent:
      return {
        type: 'signal-sent',
        at,
        from: pid,
        to: a || null,
        signal: signalName(b),
        outcome: outcomeOf(c),
        count: d,
      }
    case RECORD.handled:
      return { type: 'signal-handled', at, pid, signal: signalName(a), count: b }
    case RECORD.established:
      return { type: 'established', at, port: a, peerPort: b }
    default:
      return null
  }
}

function endingOf(end: number, value: number): Ending | null {
  if (end === END.byExit) return { code: value }
  return end === END.bySignal ? { signal: signalName(value) } : null
}

/** Source: the kernel's include/trace/events/signal.h. */
function outcomeOf(result: number): SignalOutcome {
  switch (result) {
    case 1:
      return 'ignored'
    case 2:
      return 'already-pending'
    case 3:
      return 'lost'
    default:
      return 'delivered' // 4 among them: it arrived without what was sent along
  }
}
