import type { Duration } from '../state/event.ts'
import { servedBy } from '../state/served.ts'
import type { Process, ServedBy, State } from '../state/state.ts'

/** Share of the load's time that the process served; of its life where there was no load. Null when it never has. */
export function busyInLoad(state: State, process: Process): number | null {
  const { loadBegan, loadEnded } = process
  const to = loadEnded ?? servedBy(process, state.now)
  // The load's own start and end take time, in which nobody can serve.
  const { elapsed } = state.load.figures
  return share(process, loadBegan ?? atBirth(process), to, elapsed || Number.POSITIVE_INFINITY)
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
