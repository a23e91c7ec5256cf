import type { Duration } from '../state/event.ts'
import type { State } from '../state/state.ts'
import type { Session } from './session.ts'

/** Resolves to true when the state is as asked, or to false when it is not within the time (null: no limit). */
export function until(
  session: Session,
  condition: (state: State) => boolean,
  timeout: Duration | null,
): Promise<boolean> {
  if (condition(session.state)) return Promise.resolve(true)
  return new Promise((resolve) => {
    const finish = (met: boolean) => {
      if (timer) clearTimeout(timer)
      unsubscribe()
      resolve(met)
    }
    const timer = timeout === null ? null : setTimeout(() => finish(false), timeout)
    const unsubscribe = session.subscribe((state) => condition(state) && finish(true))
  })
}
