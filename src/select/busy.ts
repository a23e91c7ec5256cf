import type { Activity, Duration, Instant } from '../state/event.ts'
import { servedBy } from '../state/served.ts'
import type { Process, ServedBy, State } from '../state/state.ts'

/** The screen shows how busy a process was over so long. */
const WINDOW: Duration = 3000

/** Share of the last seconds that the process served, from 0 to 1; null when it never has. */
export function busyOf(state: State, process: Process): number | null {
  const now = servedBy(process, state.now)
  return share(process, servedAt(process, now.at - WINDOW), now)
}

/** Share of the load's time that the process served; of its life where there was no load. Null when it never has. */
export function busyInLoad(state: State, process: Process): number | null {
  const { loadBegan, loadEnded } = process
  const to = loadEnded ?? servedBy(process, state.now)
  // The load's own start and end take time, in which nobody can serve.
  const { elapsed } = state.load.figures
  return share(process, loadBegan ?? atBirth(process), to, elapsed || Number.POSITIVE_INFINITY)
}

/** What the process does about connections: serves if any of its threads does. Null when none ever had one. */
export function activityOf({ activities, exited }: Process): Activity['doing'] | null {
  if (exited) return null
  const doing = new Set([...activities.values()].map((activity) => activity.doing))
  return (['serving', 'waiting', 'idle'] as const).find((each) => doing.has(each)) ?? null
}

/**
 * How long it had served at an earlier moment: exactly where it has done the same since, else by the share of the
 * moments around it that are kept.
 */
function servedAt(process: Process, at: Instant): ServedBy {
  if (at <= process.born) return atBirth(process)
  const since = Math.max(...[...process.activities.values()].map((activity) => activity.since))
  if (at >= since) return servedBy(process, at)
  const later = process.served.find((mark) => mark.at >= at)
  const earlier = process.served.findLast((mark) => mark.at < at) ?? atBirth(process)
  if (!later) return earlier
  const part = (at - earlier.at) / Math.max(1, later.at - earlier.at)
  return {
    at,
    serving: earlier.serving + part * (later.serving - earlier.serving),
    waiting: earlier.waiting + part * (later.waiting - earlier.waiting),
  }
}

function atBirth({ born }: Process): ServedBy {
  return { at: born, serving: 0, waiting: 0 }
}

/** A process with several threads is as busy as they are together, of those that ever had a connection. */
function share(
  process: Process,
  from: ServedBy,
  to: ServedBy,
  atMost: Duration = Number.POSITIVE_INFINITY,
): number | null {
  const hasServed = process.activities.size > 0 || to.serving + to.waiting > 0
  if (!hasServed) return null
  const time = Math.max(1, process.activities.size) * Math.min(to.at - from.at, atMost)
  return time > 0 ? Math.min(1, Math.max(0, (to.serving - from.serving) / time)) : 0
}
