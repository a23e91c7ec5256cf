import type { TimedSignal } from '../options/kinds.ts'
import { durationText } from '../options/parse-duration.ts'
import type { Session } from '../session/session.ts'
import type { State } from '../state/state.ts'

export type TimedSignals = {
  /** Sends no more. Returns a sentence for each signal that could not be sent. */
  end(): string[]
}

/**
 * Sends each signal when its time has come, counted from the first connection of the load that is about to
 * start, or from the start of a generator.
 */
export function sendTimedSignals(session: Session, signals: readonly TimedSignal[]): TimedSignals {
  const failures = new Map(
    signals.map((each) => [each, `${textOf(each)} was not sent: the load had ended before.`]),
  )
  const send = (timed: TimedSignal) => {
    const pids = receivers(session.state, timed)
    for (const pid of pids) session.commands.signal(pid, timed.signal)
    if (pids.length > 0) failures.delete(timed)
    else failures.set(timed, `${textOf(timed)} was not sent: there was nobody to send it to.`)
  }
  let timers: NodeJS.Timeout[] = []
  const unsubscribe = session.subscribe(({ now, load: { phase, figures, generator, startedAt } }) => {
    if (phase !== 'running' || (figures.attempts === 0 && !generator)) return
    const elapsed = generator ? now - startedAt : figures.elapsed
    unsubscribe()
    timers = signals.map((each) => setTimeout(send, each.after - elapsed, each))
  })
  return {
    end() {
      unsubscribe()
      for (const timer of timers) clearTimeout(timer)
      return [...failures.values()]
    },
  }
}

/** The pids of those who are to get it and live. */
function receivers({ server, processes }: State, { to }: TimedSignal): number[] {
  const living = [...processes.values()].filter(({ exited }) => !exited)
  return living
    .filter(({ pid, parent }) => (to === 'server' ? pid : parent) === server.pid)
    .map(({ pid }) => pid)
}

function textOf({ signal, after, to }: TimedSignal): string {
  return `${signal}@${durationText(after)}${to === 'workers' ? ':workers' : ''}`
}
