import type { State } from '../state/state.ts'
import { blindPids } from './blind.ts'
import { memoized } from './memoized.ts'

/** Every process below the server's first one: forked = running + zombies + reaped. */
export type Children = {
  /** Null where a process could not be seen into: what it forked may have come and gone between two looks. */
  forked: number | null
  running: number
  zombies: number
  /** Waited for, by their parent, the kernel or whoever adopted them. Null as `forked`. */
  reaped: number | null
}

export const childrenOf = memoized((state: State): Children => {
  const { processes, server, seen } = state
  const listed = [...processes.values()].filter(({ pid }) => pid !== server.pid)
  const running = listed.filter(({ exited }) => !exited).length
  const zombies = listed.filter(({ exited, reaped }) => exited && !reaped).length
  const forked = Math.max(0, seen - (server.pid === null ? 0 : 1))
  const isSeen = blindPids(state).length === 0
  return {
    forked: isSeen ? forked : null,
    running,
    zombies,
    reaped: isSeen ? forked - running - zombies : null,
  }
})
