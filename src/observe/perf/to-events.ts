import type { Event } from '../../state/event.ts'
import { unreachable } from '../../unreachable.ts'
import type { PerfEvent } from './perf-event.ts'

/**
 * What the state is to know of something that perf told: nothing of what is only of use to the source itself, nor of
 * what we do ourselves, by this process or by the launcher.
 */
export function toEvents(event: PerfEvent, launcher: number | null): Event[] {
  const isOurs = (pid: number) => pid === process.pid || pid === launcher
  switch (event.type) {
    case 'forked':
    case 'found':
      return isOurs(event.pid)
        ? []
        : [{ type: 'perf-found', at: event.at, pid: event.pid, parent: event.parent }]
    case 'ended':
      return [{ type: 'perf-ended', at: event.at, pid: event.pid, ending: event.ending }]
    case 'reaped':
      return [{ type: 'perf-reaped', at: event.at, pid: event.pid, by: event.by, ending: event.ending }]
    case 'accepted':
      return [{ type: 'perf-counted', at: event.at, changes: event.changes }]
    case 'signal-sent': {
      const { at, from, to, signal, count } = event
      // What we send is told when we send it.
      if (to === null || isOurs(from)) return []
      return [{ type: 'perf-signal', at, from, to, signal, count }]
    }
    case 'signal-handled':
      return [
        { type: 'perf-handled', at: event.at, pid: event.pid, signal: event.signal, count: event.count },
      ]
    case 'perf-ended':
      return event.reason ? [{ type: 'source', at: event.at, source: 'perf', failure: event.reason }] : []
    case 'executed':
      return isOurs(event.pid) ? [] : [{ type: 'perf-executed', at: event.at, pid: event.pid }]
    case 'established':
    case 'perf-read':
      return []
    default:
      return unreachable(event)
  }
}
