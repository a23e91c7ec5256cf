import type { Options } from '../options/table.ts'
import { balanceOf } from '../select/balance.ts'
import { blindPids } from '../select/blind.ts'
import { isLoadComplete } from '../select/load.ts'
import { endedByItself } from '../select/over.ts'
import type { Target } from '../session/target.ts'
import type { State } from '../state/state.ts'

/**
 * Whether a run went as it should: every connection succeeded, the balance holds as far as it can be seen, the server
 * went on until it was stopped, and it left no zombies but those that its design leaves.
 */
export function isWell(state: State, target: Target, options: Options): boolean {
  if (!isLoadComplete(state.load)) return false
  if (balanceOf(state).missing !== 0 && !mayBeUnseen(state)) return false
  if (endedByItself(state)) return false
  return state.zombies.leftAtStop === 0 || meansZombies(target, options)
}

/** Whether the accepts that are missing may be those of a process that cannot be seen into. */
function mayBeUnseen(state: State): boolean {
  return balanceOf(state).missing > 0 && blindPids(state).length > 0
}

/** Whether the model, with these options, has zombies by its design: see the guide to fork. */
export function meansZombies({ model }: Target, { reap }: Options): boolean {
  return model?.options.includes('reap') === true && (reap === 'none' || reap === 'accept')
}
