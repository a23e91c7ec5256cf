import type { State } from '../state/state.ts'
import type { View } from './view.ts'

/** The signal that the lab waits for now; null when none runs, or it waits for none. */
export function awaitedSignal({ server }: State, { target }: View): NodeJS.Signals | null {
  return server.pid !== null && !server.ending ? target.awaits : null
}
