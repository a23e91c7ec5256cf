import { constants } from 'node:os'

/** Signals by which a user ends a command in the foreground. */
const SIGNALS = ['SIGINT', 'SIGTERM', 'SIGHUP'] as const

export type Interruption = {
  /** The exit code of who was ended by the first of the user's signals, 128 and its number; null before any. */
  readonly exitCode: number | null
}

/** Calls the function at each signal of the user's from now on; they do not end this process. */
export function onInterrupt(stop: () => void): Interruption {
  const interruption: { exitCode: number | null } = { exitCode: null }
  for (const signal of SIGNALS)
    process.on(signal, () => {
      interruption.exitCode ??= 128 + constants.signals[signal]
      stop()
    })
  return interruption
}
