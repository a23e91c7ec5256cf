import { constants } from 'node:os'
import type { Ending } from '../state/event.ts'

const FIRST_REALTIME = 34
const names = new Map<number, string>()
// Of two names for one number, as SIGABRT and SIGIOT, the first is the usual one.
for (const [name, number] of Object.entries(constants.signals))
  if (!names.has(number)) names.set(number, name)

/** How a process ended, from its wait status: see wait(2). */
export function endingOf(status: number): Ending {
  const signal = status & 0x7f
  if (signal === 0) return { code: (status >> 8) & 0xff }
  return status & 0x80 ? { signal: signalName(signal), core: true } : { signal: signalName(signal) }
}

/** "exit code 3", "ended by SIGKILL". */
export function describeEnding(ending: Ending): string {
  if ('code' in ending) return `exit code ${ending.code}`
  return `ended by ${ending.signal}${ending.core ? ' (core dumped)' : ''}`
}

function signalName(number: number): string {
  if (number === FIRST_REALTIME) return 'SIGRTMIN'
  return (
    names.get(number) ??
    (number > FIRST_REALTIME ? `SIGRTMIN+${number - FIRST_REALTIME}` : `signal ${number}`)
  )
}
