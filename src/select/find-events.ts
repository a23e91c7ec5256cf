import type { Happening } from '../state/happening.ts'
import type { LogEntry } from '../state/log.ts'
import { unreachable } from '../unreachable.ts'

/** The processes that an entry is about, the one that did it first. */
export function pidsOf(what: Happening): number[] {
  const of = (...pids: (number | string | null)[]) =>
    pids.filter((pid): pid is number => typeof pid === 'number')
  switch (what.kind) {
    case 'forked':
      return of(what.pid, what.parent)
    case 'exited':
      return of(what.pid, what.parent)
    case 'reaped':
      return of(what.pid, what.by)
    case 'signal':
      return of(what.to, what.from)
    case 'accepted':
      return [...what.pids]
    case 'fork-failed':
    case 'orphaned':
    case 'handled':
    case 'stopped':
    case 'continued':
    case 'reset-armed':
      return of(what.pid)
    case 'server-ended':
    case 'server-daemonized':
      return of(what.pid)
    case 'server-starting':
    case 'server-attached':
    case 'server-left':
    case 'server-failed':
    case 'server-stopping':
    case 'server-gone':
    case 'load-started':
    case 'load-changed':
    case 'protocol-found':
    case 'load-ended':
    case 'generator-started':
    case 'generator-ended':
    case 'manual-opened':
    case 'manual-closed':
    case 'output':
    case 'output-skipped':
      return []
    default:
      return unreachable(what)
  }
}

/** The latest entry that is about the process; undefined when there is none. */
export function latestAbout(entries: readonly LogEntry[], pid: number): LogEntry | undefined {
  return entries.findLast(({ what }) => pidsOf(what).includes(pid))
}
