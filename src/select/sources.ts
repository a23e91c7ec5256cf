import type { State } from '../state/state.ts'
import { blindPids } from './blind.ts'
import { memoized } from './memoized.ts'

/** Whether a way of observing told anything, and what it would have needed to tell more; null when nothing. */
export type Source = { used: boolean; needs: string | null }

export type Sources = Record<'probe' | 'perf' | 'proc' | 'sockets', Source>

export const sourcesOf = memoized((state: State): Sources => {
  const { processes, listeners, sockets } = state
  const all = [...processes.values()]
  const blind = blindPids(state).length
  return {
    probe: {
      used: all.some(({ probed }) => probed),
      needs: blind > 0 ? `programs that are linked dynamically and not setuid, in ${blind} processes` : null,
    },
    perf: { used: false, needs: null },
    proc: { used: all.some(({ sampledAt }) => sampledAt > 0), needs: null },
    sockets: { used: listeners.length > 0 || sockets !== null, needs: null },
  }
})
