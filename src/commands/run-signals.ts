import type { TimedSignal } from '../options/kinds.ts'
import { durationText } from '../options/parse-duration.ts'
import type { Session } from '../session/session.ts'
import type { State } from '../state/state.ts'

export type TimedSignals = {
  /** Sends no more. Returns a sentence for each signal that could not be sent. */
  end(): string[]
}

/** From now on the load runs: sends each signal when its time has come. */
export function sendTimedSignals(session: Session, signals: readonly TimedSignal[]): TimedSignals {
  const failures = new Map(
    signals.map((each) => [each, `${textOf(each)} was not sent: the load had ended before.`]),
  )
  const timers = signals.map((each) =>
    setTimeout(() => {
      const pids = receivers(session.state, each)
      for (const pid of pids) session.commands.signal(pid, each.signal)
      if (pids.length > 0) failures.delete(each)
      else failures.set(each, `${textOf(each)} was not sent: there was nobody to send it to.`)
    }, each.after),
  )
  return {
    end() {
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
