import { existsSync } from 'node:fs'
import type { Duration, Event, Instant } from '../state/event.ts'
import { Corrupt } from './corrupt.ts'

/** The largest pid that Linux gives. Source: proc_sys_kernel(5), pid_max. */
const MOST_PIDS = 2 ** 22
/** The largest number of a signal. Source: signal(7). */
const MOST_SIGNALS = 64
/** Clocks are read before and after the event. */
const TOLERANCE: Duration = 1000
/** More children than end between two lines of our own. */
const MOST_MISSING = 500

/**
 * Whether the probe can have noted these events in a run that began at `since`, of a launcher with that pid. Throws
 * Corrupt with the first thing that it cannot.
 */
export function checkEvents(
  events: readonly Event[],
  { launcher, since, now }: { launcher: number; since: Instant; now: Instant },
): void {
  for (const event of events) {
    if (!(event.at >= since - TOLERANCE && event.at <= now + TOLERANCE))
      throw new Corrupt('an event outside of the run')
    for (const pid of processesIn(event))
      if (!isPid(pid) || pid === launcher || pid === 1) throw new Corrupt(`an event of process ${pid}`)
    if (event.type === 'signal-sent' && !isReceiver(event.to)) throw new Corrupt(`a signal to ${event.to}`)
    if (event.type === 'forked' && !(event.index >= 0 && event.index < 2 ** 32))
      throw new Corrupt(`a child with the number ${event.index}`)
  }
}

/**
 * Whether those who are said to have been forked, and not to have ended, are there. A few may have ended since. Throws
 * Corrupt when too many are not.
 */
export function checkForks(events: readonly Event[]): void {
  const alive = new Set<number>()
  for (const event of events) {
    if (event.type === 'forked') alive.add(event.pid)
    if (event.type === 'exited' || event.type === 'reaped') alive.delete(event.pid)
  }
  // So many can be followed, whether they are there or not.
  if (alive.size <= MOST_MISSING) return
  const missing = [...alive].filter((pid) => !existsSync(`/proc/${pid}`)).length
  if (missing > MOST_MISSING) throw new Corrupt(`${missing} children that are not there`)
}

/** A signal's number as the kernel has it. */
export function isSignal(number: number): boolean {
  return Number.isInteger(number) && number >= 0 && number <= MOST_SIGNALS
}

/** The processes of the server that the event is about. */
function processesIn(event: Event): number[] {
  switch (event.type) {
    case 'forked':
    case 'fork-failed':
    case 'probed':
    case 'exited':
    case 'signal-handled':
    case 'reset-armed':
      return [event.pid]
    case 'reaped':
      return [event.pid, event.by]
    case 'signal-sent':
      return event.from === 'you' ? [] : [event.from]
    default:
      return []
  }
}

function isPid(pid: number): boolean {
  return Number.isInteger(pid) && pid > 0 && pid <= MOST_PIDS
}

/** A process, a group as a negative number, or with 0 and -1 one's own group or everybody. Source: kill(2). */
function isReceiver(pid: number): boolean {
  return Number.isInteger(pid) && Math.abs(pid) <= MOST_PIDS
}
