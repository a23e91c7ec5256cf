import type { State } from '../state/state.ts'

/** How many processes of the server have ended and are gone, listed or not; its first one does not count. */
export function endedCount({ reaped }: State): number {
  return reaped
}
