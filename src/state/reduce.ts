import { unreachable } from '../unreachable.ts'
import { countOthers } from './count-others.ts'
import { type Draft, draftOf, stateOf } from './draft.ts'
import type { Event } from './event.ts'
import { forgetEnded } from './process-table.ts'
import { reduceCounters } from './reduce-counters.ts'
import { reduceGenerator } from './reduce-generator.ts'
import { reduceHerd } from './reduce-herd.ts'
import { reduceHistory } from './reduce-history.ts'
import { reduceLoad } from './reduce-load.ts'
import { reduceManualConnection } from './reduce-manual-connection.ts'
import { reducePerf } from './reduce-perf.ts'
import { reduceProcess } from './reduce-process.ts'
import { reduceSample } from './reduce-sample.ts'
import { reduceServer } from './reduce-server.ts'
import { reduceSignal } from './reduce-signal.ts'
import { reduceSockets } from './reduce-sockets.ts'
import { markLoadEnd } from './served.ts'
import type { State } from './state.ts'

/**
 * The state after these events. Pure: the same state and events give the same result, however the events are split
 * into batches, and nothing is changed.
 */
export function reduce(state: State, events: readonly Event[]): State {
  const draft = draftOf(state)
  for (const event of events) {
    draft.now = Math.max(draft.now, event.at)
    apply(draft, event)
  }
  return stateOf(draft)
}

function apply(draft: Draft, event: Event): void {
  switch (event.type) {
    case 'server-starting':
    case 'server-started':
    case 'server-failed':
    case 'server-stopping':
    case 'server-left':
    case 'server-daemonized':
    case 'server-ended':
    case 'server-gone':
    case 'output':
    case 'output-skipped':
      return reduceServer(draft, event)
    case 'forked':
    case 'fork-failed':
    case 'probed':
    case 'exited':
    case 'reaped':
    case 'reset-armed':
    case 'disowned':
      return reduceProcess(draft, event)
    case 'signal-sent':
    case 'signal-handled':
      return reduceSignal(draft, event)
    case 'counted':
      return reduceCounters(draft, event)
    case 'probe-read':
      draft.probe = { events: event.events, dropped: event.dropped, unfollowed: event.unfollowed }
      draft.countedAt = event.at
      return
    case 'source':
      draft.sources = { ...draft.sources, [event.source]: event.failure }
      return
    case 'sampled':
      return reduceSample(draft, event)
    case 'listening':
      draft.listeners = event.listeners
      return
    case 'sockets':
      return reduceSockets(draft, event)
    case 'load-started':
    case 'load-changed':
    case 'protocol-found':
    case 'load-progress':
    case 'load-ended':
      return reduceLoad(draft, event)
    case 'generator-started':
    case 'generator-output':
    case 'generator-ended':
      return reduceGenerator(draft, event)
    case 'manual-opened':
    case 'manual-sent':
    case 'manual-received':
    case 'manual-reading':
    case 'manual-closed':
    case 'manual-sampled':
      return reduceManualConnection(draft, event)
    case 'perf-found':
    case 'perf-executed':
    case 'perf-ended':
    case 'perf-reaped':
    case 'perf-counted':
    case 'perf-signal':
    case 'perf-handled':
      return reducePerf(draft, event)
    case 'herd-started':
    case 'herd-measured':
    case 'herd-ended':
      return reduceHerd(draft, event)
    case 'tick':
      // Once all is over the last tree stays as it was.
      if (draft.server.phase !== 'gone') forgetEnded(draft)
      countOthers(draft)
      markLoadEnd(draft, event.at)
      return reduceHistory(draft, event.at)
    case 'clock':
      draft.wallOffset = event.wall - event.at
      return
    default:
      return unreachable(event)
  }
}
