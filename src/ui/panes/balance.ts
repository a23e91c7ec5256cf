import { balanceSum, childBalanceSum } from '../../report/balance-text.ts'
import { grouped } from '../../report/format.ts'
import { type Balance, balanceOf, type ChildBalance, childBalanceOf } from '../../select/balance.ts'
import type { State } from '../../state/state.ts'
import { unreachable } from '../../unreachable.ts'
import { cut, pad, width } from '../text.ts'
import { theme } from '../theme.ts'
import type { Pane } from './pane.ts'

/** The balance of connections, and where there is room that of children; in its place, until the next key, a sentence for the user. */
export const balance: Pane<'balance'> = {
  id: 'balance',
  place: (layout) => layout.balance,
  draw: ({ state, view: { notice } }, { width }) => [
    notice ? theme.warning(pad(cut(` ${notice}`, width), width)) : bothBalances(state, width),
  ],
}

function bothBalances(state: State, columns: number): string {
  const balance = balanceOf(state)
  const end = verdictText(balance)
  const connections = cut(` ${balanceSum(balance)}`, columns - width(end)) + end
  const children = childrenText(childBalanceOf(state))
  // That of connections stands at the end, where the eye has learned to look for its mark.
  const gap = columns - width(connections) - width(children) - 1
  return children && gap >= 0 ? ` ${children}${' '.repeat(gap)}${connections}` : pad(connections, columns)
}

function childrenText(balance: ChildBalance): string {
  if (balance.forked === 0) return ''
  const { zombies, missing } = balance
  const text = zombies > 0 ? theme.zombie(childBalanceSum(balance)) : childBalanceSum(balance)
  return missing === 0 ? text : `${text} ${theme.bad(`✗ ${grouped(Math.abs(missing))} unaccounted`)}`
}

/** While load runs, some connections are always under way: counted on one side and not yet on the other. */
function verdictText({ missing, verdict }: Balance): string {
  switch (verdict) {
    case 'balanced':
    case 'others':
      return `   ${theme.good('balanced ✓')}`
    case 'settling':
      return ` ± ${grouped(Math.abs(missing))} under way`
    case 'missing':
      return `   ${theme.bad(`✗ ${grouped(missing)} nobody accepted`)}`
    case 'not seen':
      return `   ${theme.warning('accepts are not seen')}`
    default:
      return unreachable(verdict)
  }
}
