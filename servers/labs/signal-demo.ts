/**
 * Signal demo: a process with a handler waits in pause, and says each time that the signal came, and when. Many that
 * come at once may be told as one: a standard signal waits once or not at all.
 * Source: csdesign's signal-demo; signal(7), pause(2).
 */
import { constants } from 'node:os'
import { getpid, pause, type Signal, signal } from '../posix/index.ts'
import type { LabOptions } from './options.ts'
import { say } from './say.ts'

export function signalDemo({ signal: chosen }: LabOptions): boolean {
  let over = false
  const end = (name: Signal) => {
    say(`${clock()} got ${name}: the end`)
    over = true
  }
  signal('SIGTERM', end)
  signal('SIGINT', end)
  if (chosen !== 'SIGTERM' && chosen !== 'SIGINT')
    signal(chosen, (name) => say(`${clock()} got ${name}, number ${constants.signals[name]}`))
  say(
    `Process ${getpid()} waits for ${chosen}: kill -${chosen.slice(3)} ${getpid()}. SIGTERM and SIGINT end it.`,
  )
  while (!over) pause()
  return true
}

/** The time of day, to the millisecond. */
function clock(): string {
  const now = new Date()
  return `${now.toTimeString().slice(0, 8)}.${String(now.getMilliseconds()).padStart(3, '0')}`
}
