import type { Signal } from '../posix/index.ts'

/** What a lab is started with; the catalogue says which takes what. */
export type LabOptions = {
  /** Seconds between looking for a signal and waiting for one. */
  window: number
  /** The signal that is caught. */
  signal: Signal
}

export const defaultLabOptions: LabOptions = { window: 10, signal: 'SIGUSR1' }
