import { constants } from 'node:os'

const FIRST_REALTIME = 34
// Reversed, so that of two names for one number the first stays: SIGABRT, not SIGIOT.
const names = new Map(
  Object.entries(constants.signals)
    .reverse()
    .map(([name, number]) => [number, name]),
)

/** The name of a signal, as `SIGTERM` or `SIGRTMIN+1`. */
export function signalName(number: number): string {
  if (number >= FIRST_REALTIME)
    return number === FIRST_REALTIME ? 'SIGRTMIN' : `SIGRTMIN+${number - FIRST_REALTIME}`
  return names.get(number) ?? `signal ${number}`
}
