import { balanceSum } from '../../report/balance-text.ts'
import { grouped } from '../../report/format.ts'
import { type Balance, balanceOf } from '../../select/balance.ts'
import { unreachable } from '../../unreachable.ts'
import { cut, pad, width } from '../text.ts'
import { theme } from '../theme.ts'
import type { Pane } from './pane.ts'

/** The balance of connections; in its place, until the next key, a sentence for the user. */
export const balance: Pane<'balance'> = {
  id: 'balance',
  place: (layout) => layout.balance,
  draw: ({ state, view: { notice } }, { width }) => [
    notice ? theme.warning(pad(cut(` ${notice}`, width), width)) : balanceLine(balanceOf(state), width),
  ],
}

function balanceLine(balance: Balance, columns: number): string {
  const end = verdictText(balance)
  return pad(cut(` ${balanceSum(balance)}`, columns - width(end)) + end, columns)
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
