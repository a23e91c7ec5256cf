import { constants } from 'node:os'
import { isMainThread } from 'node:worker_threads'
import { addon } from './addon.ts'
import { PosixError } from './error.ts'

/** The name of a signal, as SIGTERM. Source: signal(7). */
export type Signal = NodeJS.Signals
/** What runs when a signal came: between system calls, not in the C handler. Source: signal-safety(7). */
export type SignalHandler = (signal: Signal) => void

/** [0] is set when any signal came, [n] counts how often signal n did. The addon's C handler writes it. */
const pending = new Int32Array(65)
// Signals are for the process: a worker thread must not take them from the main thread.
if (isMainThread) addon.shareSignals!(pending)

const DEFAULT = 0
const IGNORE = 1
const HANDLE = 2

const handlers = new Map<number, { signal: Signal; handler: SignalHandler }>()

/**
 * Sets what a signal does: its default action, nothing, or a handler. As in CPython the handler runs between
 * system calls, once for all the times that the signal came since; see resume(). Throws PosixError (EINVAL for SIGKILL
 * and SIGSTOP). Source: sigaction(2).
 */
export function signal(signal: Signal, action: 'default' | 'ignore' | SignalHandler): void {
  const number = constants.signals[signal]
  if (typeof action === 'function') handlers.set(number, { signal, handler: action })
  else handlers.delete(number)
  const result = addon.signal!(number, action === 'default' ? DEFAULT : action === 'ignore' ? IGNORE : HANDLE)
  if (result < 0) throw new PosixError('sigaction', -result)
}

/** Returns whether a handled signal came and its handler did not run yet. Source: signal(7). */
export function signalsPending(): boolean {
  return pending[0] !== 0
}

/** Runs the handlers of the signals that came; throws what one of them throws. Source: signal(7). */
export function deliverSignals(): void {
  Atomics.store(pending, 0, 0)
  for (const [number, { signal, handler }] of handlers) {
    if (Atomics.exchange(pending, number, 0) === 0) continue
    try {
      handler(signal)
    } catch (error) {
      // The signals that are left are for the next look.
      Atomics.store(pending, 0, 1)
      throw error
    }
  }
}

/**
 * Keeps the signal waiting until it is let in or read; setting a handler lets it in. For this thread alone: where
 * there are others, as in Node, one of them takes it. Throws PosixError (EINVAL). Source: sigprocmask(2), signal(7).
 */
export function blockSignal(signal: Signal): void {
  const result = addon.blockSignal!(constants.signals[signal])
  if (result < 0) throw new PosixError('sigprocmask', -result)
}

/**
 * From now on the C handler writes a byte into the descriptor for each signal that has a handler, as with CPython's
 * signal.set_wakeup_fd; null ends that. The descriptor must not block, since a handler may not wait: a full pipe
 * wakes as well. Source: select(2), the self-pipe trick.
 */
export function setWakeupDescriptor(fd: number | null): void {
  addon.setWakeup!(fd ?? -1)
}
