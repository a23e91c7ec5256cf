import { pidsOf } from '../select/find-events.ts'
import type { Instant } from '../state/event.ts'
import type { LogEntry } from '../state/log.ts'
import type { State } from '../state/state.ts'
import { nameOf } from './describe-event.ts'
import { grouped } from './format.ts'

const MOST_PIDS = 6

/** What is known of an event beside its text: when it was since the server's start, and whom it is about. */
export function describeDetail(entry: LogEntry, state: State): string[] {
  const { first, last, count, what, serverSince } = entry
  const isOfThisServer = serverSince === state.server.startedAt
  const since = (at: Instant) => `${((at - serverSince) / 1000).toFixed(3)} s`
  const time =
    count > 1
      ? `${grouped(count)} times, ${since(first)} to ${since(last)} after the start`
      : `${since(last)} after the start`
  const pids = pidsOf(what)
  const shown = pids.slice(0, MOST_PIDS).map((pid) => (isOfThisServer ? nameOf(state, pid) : String(pid)))
  const more = pids.length > MOST_PIDS ? `, and ${pids.length - MOST_PIDS} more` : ''
  const who = shown.length > 0 ? `of ${shown.join(', ')}${more}` : ''
  const { listeners } = state
  const address = isOfThisServer && listeners[0] ? `${listeners[0].address}:${listeners[0].port}` : ''
  const where = what.kind === 'accepted' && address ? `on ${address}` : ''
  const errno = what.kind === 'fork-failed' ? what.errno : ''
  return [time, [who, where, errno].filter(Boolean).join(' · ')].filter(Boolean)
}
