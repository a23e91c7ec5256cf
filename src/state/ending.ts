import type { Ending } from './event.ts'
import { signalName } from './signal-name.ts'

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

/** Whether it ended with exit code 0. */
export function isSuccess(ending: Ending | null): boolean {
  return ending !== null && 'code' in ending && ending.code === 0
}

/** Whether a signal ended it. */
export function isBySignal(ending: Ending | null | undefined): ending is Extract<Ending, { signal: string }> {
  return !!ending && 'signal' in ending
}

/** The same text for endings of the same kind. */
export function endingKey(ending: Ending | null): string {
  if (ending === null) return 'unknown'
  return 'code' in ending ? `code ${ending.code}` : `${ending.signal}${ending.core ? ' core' : ''}`
}
