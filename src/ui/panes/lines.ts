import { balanceSum } from '../../report/balance-text.ts'
import { grouped } from '../../report/format.ts'
import { type Balance, balanceOf } from '../../select/balance.ts'
import { blindPids } from '../../select/blind.ts'
import { isLoopback } from '../../select/loopback.ts'
import type { State } from '../../state/state.ts'
import { unreachable } from '../../unreachable.ts'
import { type Binding, type KeyContext, keyTable } from '../key-table.ts'
import { clock, cut, pad, width } from '../text.ts'
import { theme } from '../theme.ts'

/** The first line: the server, where it listens, how it is, and what the probe misses. */
export function headerText(state: State, summary: string, columns: number): string {
  const { server } = state
  const name = ` ${theme.title('csdesign')}  ${theme.bold(cut(server.name, 30))}${summary ? ` · ${summary}` : ''}`
  const short = ` ${theme.bold(cut(server.name, 20))}`
  const [where, how, seen] = [address(state), status(state), probe(state)]
  // What has no room is left out, the least important first.
  for (const [left, ...right] of [
    [name, where, how, seen],
    [short, where, how, seen],
    [short, where, how],
    [short, how],
  ]) {
    const end = right.filter(Boolean).join('   ')
    const gap = columns - width(left!) - width(end) - 1
    if (gap > 0) return `${left}${' '.repeat(gap)}${end} `
  }
  return pad(short, columns)
}

function address({ listeners, server }: State): string {
  const [first, ...more] = listeners
  if (!first) return server.port === null ? '' : `${server.host}:${server.port}`
  const text = `${first.address}:${first.port}${more.length > 0 ? ` +${more.length}` : ''}`
  return isLoopback(first.address) ? text : theme.warning(`⚠ ${text} is open to other machines`)
}

function status({ server, now }: State): string {
  switch (server.phase) {
    case 'none':
      return ''
    case 'starting':
      return theme.warning('○ starting')
    case 'running':
      return server.ending ? theme.bad('✗ ended') : theme.good(`● up ${clock(now - server.startedAt)}`)
    case 'stopping':
      return theme.warning('◌ stopping')
    case 'gone':
      return server.stopRequestedAt === null ? theme.bad('✗ ended') : '■ stopped'
  }
}

function probe(state: State): string {
  if (state.server.phase === 'none') return ''
  const blind = blindPids(state).length
  if (blind > 0) return theme.warning(`${grouped(blind)} blind`)
  const { dropped } = state.probe
  return dropped > 0 ? theme.warning(`${grouped(dropped)} events dropped`) : 'probe ok · 0 dropped'
}

/** The balance of connections. */
export function balanceText(state: State, columns: number): string {
  const balance = balanceOf(state)
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

/** The keys that count now; where the line does not hold them all, those that can be spared are left to the help. */
export function keysText(context: KeyContext, columns: number): string {
  const hinted = keyTable[context].filter(({ hint }) => hint)
  const lines = [3, 2, 1, 0].map((most) => lineOf(hinted.filter(({ spare = 0 }) => spare <= most)))
  return pad(lines.find((line) => width(line) <= columns) ?? lines.at(-1)!, columns)
}

function lineOf(bindings: readonly Binding[]): string {
  return bindings.map(({ shows, hint }) => ` ${theme.key(shows)} ${hint} `).join('')
}
