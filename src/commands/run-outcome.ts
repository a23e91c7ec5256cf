import type { Options } from '../options/table.ts'
import { balanceOf, isAccounted } from '../select/balance.ts'
import { unseenPids } from '../select/blind.ts'
import { isLoadComplete } from '../select/load.ts'
import { endedByItself } from '../select/over.ts'
import type { Target } from '../session/target.ts'
import type { State } from '../state/state.ts'

/** The state when the load began, and before the server ended or was told to stop. */
export type Moments = { atLoad: State; atStop: State }

/**
 * Whether a run went as it should: every connection succeeded, or the load generator ended with exit code 0; the
 * balance holds as far as it can be seen; the server went on until it was stopped; no process of it ended badly under
 * load; and it left no zombies but those that its design leaves.
 */
export function isWell(state: State, { atLoad, atStop }: Moments, target: Target, options: Options): boolean {
  if (!isLoadComplete(state.load)) return false
  if (!isAccounted(state) && !mayBeUnseen(state)) return false
  if (endedByItself(state) || endedBadly(atLoad, atStop)) return false
  return state.zombies.leftAtStop === 0 || meansZombies(target, options)
}

/** Whether the accepts that are missing may be those of a process that cannot be seen into. */
function mayBeUnseen(state: State): boolean {
  return balanceOf(state).missing > 0 && unseenPids(state).length > 0
}

/** Whether the model, with these options, has zombies by its design: see the guide to fork. */
export function meansZombies({ model }: Target, { reap }: Options): boolean {
  return model?.options.includes('reap') === true && (reap === 'none' || reap === 'accept')
}

/** Whether a process ended by a signal that nobody is known to have sent, or with another code than 0. */
function endedBadly(atLoad: State, { exits, signals }: State): boolean {
  const sent = new Set([...signals.values()].map(({ name }) => name))
  return [...exits].some(([key, { ending, count }]) => {
    // What a starting server tries first, as a shell that looks for a program, is its own affair.
    if (ending === null || count === (atLoad.exits.get(key)?.count ?? 0)) return false
    return 'code' in ending ? ending.code !== 0 : !sent.has(ending.signal)
  })
}
