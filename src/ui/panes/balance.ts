import { grouped } from '../../report/format.ts'
import { balanceOf } from '../../select/balance.ts'
import type { State } from '../../state/state.ts'
import { cut, pad, width } from '../text.ts'
import { theme } from '../theme.ts'
import type { Pane } from './pane.ts'

/** The balance of connections; in its place, until the next key, a sentence for the user. */
export const balance: Pane<'balance'> = {
  id: 'balance',
  place: (layout) => layout.balance,
  draw: ({ state, view: { notice } }, { width }) => [
    notice ? theme.warning(pad(cut(` ${notice}`, width), width)) : balanceLine(state, width),
  ],
}

function balanceLine(state: State, columns: number): string {
  const { connects, accepts, queued, refused, missing } = balanceOf(state)
  const sum = ` connects ${grouped(connects)} = accepted ${grouped(accepts)} + queued ${grouped(queued)} + refused ${grouped(refused)}`
  const end = verdict(state, missing)
  return pad(cut(sum, columns - width(end)) + end, columns)
}

/** While load runs, some connections are always under way: counted on one side and not yet on the other. */
function verdict({ load, manualConnections, now }: State, missing: number): string {
  if (missing === 0) return `   ${theme.good('balanced ✓')}`
  const difference = grouped(Math.abs(missing))
  const isSettling =
    load.phase === 'running' ||
    now - load.endedAt < 1000 ||
    manualConnections.some(({ openedAt }) => now - openedAt < 1000)
  if (isSettling) return ` ± ${difference} under way`
  if (missing < 0) return ` − ${difference} of other clients`
  return `   ${theme.bad(`✗ ${difference} nobody accepted`)}`
}
