import { type Draft, tell } from './draft.ts'
import type { SignalEvent } from './event.ts'
import type { SignalCount } from './state.ts'

const MOST_SIGNAL_COUNTS = 5000

export function reduceSignal(draft: Draft, event: SignalEvent): void {
  if (event.type === 'signal-handled') {
    countHandlerRun(draft, event.signal, event.pid)
    return tell(draft, { kind: 'handled', pid: event.pid, signal: event.signal })
  }
  const { from, to, signal, errno } = event
  // It was noted before it was sent; that it failed takes the note back.
  countSignal(draft, { name: signal, from, to }, errno ? -1 : 1)
  tell(draft, {
    kind: 'signal',
    from,
    to,
    signal,
    effect: errno ? `failed: ${errno}` : disposition(draft, to, signal),
  })
}

/** What the receiver has set for the signal, where that makes a difference to its default action. */
function disposition(draft: Draft, to: number, signal: string): string | null {
  const receiver = draft.processes.get(to)
  if (receiver?.exited) return 'it is a zombie, nothing happens'
  if (receiver?.ignores.includes(signal)) return 'ignored'
  if (receiver?.catches.includes(signal)) return 'it has a handler'
  return null
}

/** Counts a signal, or with -1 takes one back that was counted. */
export function countSignal(
  draft: Draft,
  { name, from, to }: Pick<SignalCount, 'name' | 'from' | 'to'>,
  by = 1,
): void {
  const key = `${name} ${from} ${to}`
  const known = draft.signals.get(key) ?? { name, from, to, count: 0, handlerRuns: 0 }
  const count = Math.max(0, known.count + by)
  if (draft.signals.has(key) || draft.signals.size < MOST_SIGNAL_COUNTS)
    draft.signals.set(key, { ...known, count })
}

/** A handler does not know who sent its signal: the run goes to the latest sender that is known. */
function countHandlerRun(draft: Draft, name: string, to: number): void {
  let key = `${name} unknown ${to}`
  for (const [candidate, known] of draft.signals) if (known.name === name && known.to === to) key = candidate
  const known = draft.signals.get(key) ?? { name, from: 'unknown', to, count: 0, handlerRuns: 0 }
  draft.signals.set(key, { ...known, handlerRuns: known.handlerRuns + 1 })
}
