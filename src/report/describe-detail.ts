import { pidsOf } from '../select/find-events.ts'
import type { Millis } from '../state/event.ts'
import type { LogEntry } from '../state/log.ts'
import type { State } from '../state/state.ts'
import { nameOf } from './describe-event.ts'
import { grouped } from './format.ts'

const MOST_PIDS = 6

/** What is known of an event beside its text: when it was since the server's start, and whom it is about. */
export function describeDetail({ first, last, count, what }: LogEntry, state: State): string[] {
  const since = (at: Millis) => `${((at - state.server.startedAt) / 1000).toFixed(3)} s`
  const time =
    count > 1
      ? `${grouped(count)} times, ${since(first)} to ${since(last)} after the start`
      : `${since(last)} after the start`
  const pids = pidsOf(what)
  const shown = pids.slice(0, MOST_PIDS).map((pid) => nameOf(state, pid))
  const more = pids.length > MOST_PIDS ? `, and ${pids.length - MOST_PIDS} more` : ''
  const who = shown.length > 0 ? `of ${shown.join(', ')}${more}` : ''
  const { listeners, server } = state
  const address = listeners[0] ? `${listeners[0].address}:${listeners[0].port}` : ''
  const where = what.kind === 'accepted' && address ? `on ${address}` : ''
  const errno = what.kind === 'fork-failed' ? what.errno : ''
  const named = what.kind === 'server' && server.pid ? `pid ${server.pid}` : ''
  return [time, [who, where, errno, named].filter(Boolean).join(' · ')].filter(Boolean)
}
