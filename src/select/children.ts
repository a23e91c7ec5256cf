import type { State } from '../state/state.ts'
import { childBalanceOf } from './balance.ts'
import { unseenPids } from './blind.ts'
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
  const { forked, running, zombies, reaped } = childBalanceOf(state)
  const isSeen = unseenPids(state).length === 0
  return { forked: isSeen ? forked : null, running, zombies, reaped: isSeen ? reaped : null }
})
