import { grouped } from '../../report/format.ts'
import { blindPids } from '../../select/blind.ts'
import { isLoopback } from '../../select/loopback.ts'
import { areAcceptsSeen, isPerfRead } from '../../select/seen.ts'
import type { State } from '../../state/state.ts'
import { unreachable } from '../../unreachable.ts'
import type { Scene } from '../scene.ts'
import { clock, cut, pad, width } from '../text.ts'
import { theme } from '../theme.ts'
import type { Pane } from './pane.ts'

/** The first line: the server, where it listens, how it is, and what the probe misses. */
export const header: Pane<'header'> = {
  id: 'header',
  place: (layout) => layout.header,
  draw: (scene, rect) => [headerLine(scene, rect.width)],
}

function headerLine(scene: Scene, columns: number): string {
  const { state, view } = scene
  const { server } = state
  const summary = frozenText(scene) || view.target.summary
  const name = ` ${theme.title('csdesign')}  ${theme.bold(cut(server.name, 30))}${summary ? ` · ${summary}` : ''}`
  const short = ` ${theme.bold(cut(server.name, 20))}`
  const [where, how, seen] = [address(state), status(state), sources(state)]
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

/** That, and since when, the screen stands still. */
function frozenText({ view, now }: Scene): string {
  return view.frozen ? theme.warning(`❚❚ frozen ${clock(now - view.frozen.now)} ago, ␣ goes on`) : ''
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
      if (server.attached) return '■ left alone'
      return server.stopRequestedAt === null ? theme.bad('✗ ended') : '■ stopped'
    default:
      return unreachable(server.phase)
  }
}

/** What the figures come from, and what of it is missing. */
function sources(state: State): string {
  if (state.server.phase === 'none') return ''
  const blind = blindPids(state).length
  const { dropped } = state.probe
  if (isPerfRead(state) && (state.sources.probe || blind > 0)) return 'perf ok'
  if (state.sources.probe || !areAcceptsSeen(state)) return theme.warning('accepts not seen')
  if (blind > 0) return theme.warning(`${grouped(blind)} blind`)
  return dropped > 0 ? theme.warning(`${grouped(dropped)} events dropped`) : 'probe ok · 0 dropped'
}
