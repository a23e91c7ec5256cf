import type { Lab } from '../../servers/catalog.ts'
import type { Options } from '../options/table.ts'

/** The signal that the lab waits for somebody to send; null when it waits for none. */
export function awaitedSignal({ options: own }: Lab, options: Options): NodeJS.Signals | null {
  if (own.includes('signal')) return options.signal
  return own.includes('window') ? 'SIGUSR1' : null
}
