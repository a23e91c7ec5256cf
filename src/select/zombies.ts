import type { Duration } from '../state/event.ts'
import type { State } from '../state/state.ts'

/** How long the oldest zombie has been one, in milliseconds; null when there is none. */
export function oldestZombie({ zombies, processes, now }: State): Duration | null {
  if (zombies.now <= 0) return null
  let since = now
  for (const { exited, reaped } of processes.values())
    if (exited && !reaped) since = Math.min(since, exited.at)
  return now - since
}
