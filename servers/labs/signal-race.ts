/**
 * Signal race: a process looks whether a signal came, finds none, and then waits in select, which a signal should
 * end. One that comes between the look and the wait is handled, but it is over when select begins: select waits
 * for the next. The window is microseconds in a real program; here it is seconds.
 * Source: csdesign selsigrace; UNP 20.5; select(2), which says why pselect exists.
 */
import { getpid, signal, unprotectedSelect } from '../posix/index.ts'
import { countDown } from './count-down.ts'
import type { LabOptions } from './options.ts'
import { outcomeOf } from './outcome-of.ts'
import { say } from './say.ts'

export function signalRace({ window }: LabOptions): boolean {
  let came = 0
  signal('SIGUSR1', () => came++)
  say(`Process ${getpid()} has a handler for SIGUSR1. It looks: none came, so it is going to wait in select.`)
  countDown(window)
  const missed = came
  say(
    'select waits for a signal, without a limit. One that came in the window does not end it: send another.',
  )
  const outcome = outcomeOf(() => unprotectedSelect(0, null, null))
  say(`Got signal: select fails: ${outcome}`)
  say(
    missed > 0
      ? 'The handler had run in the window too, and select waited all the same: that signal was missed.'
      : 'No signal came in the window: run it again and send one there.',
  )
  return outcome === 'EINTR' && came > missed
}
