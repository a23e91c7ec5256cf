import type { SourceName } from '../state/event.ts'
import type { State } from '../state/state.ts'
import { blindPids } from './blind.ts'
import { memoized } from './memoized.ts'

/** Whether a way of observing told anything, and in a sentence what it would have needed to; null when nothing. */
export type Source = { used: boolean; needs: string | null }

export type Sources = Record<SourceName, Source>

export const sourcesOf = memoized((state: State): Sources => {
  const { processes, listeners, sockets } = state
  const all = [...processes.values()]
  const blind = blindPids(state).length
  const told = (source: SourceName, used: boolean, needs: string | null = null): Source => {
    const failure = state.sources[source]
    return failure === undefined ? { used, needs } : { used: failure === null, needs: failure ?? needs }
  }
  return {
    probe: told(
      'probe',
      all.some(({ probed }) => probed),
      blind > 0 ? `Programs that are linked dynamically and not setuid: ${blind} processes are not.` : null,
    ),
    perf: told('perf', false),
    proc: told(
      'proc',
      all.some(({ sampledAt }) => sampledAt > 0),
    ),
    sockets: told('sockets', listeners.length > 0 || sockets !== null),
  }
})
