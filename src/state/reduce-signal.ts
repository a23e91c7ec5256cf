import { type Draft, tell } from './draft.ts'
import type { SignalEvent } from './event.ts'
import type { SignalTally } from './state.ts'

const MOST_TALLIES = 5000

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
  { name, from, to }: Pick<SignalTally, 'name' | 'from' | 'to'>,
  by = 1,
): void {
  const key = `${name} ${from} ${to}`
  const tally = draft.signals.get(key) ?? { name, from, to, count: 0, handlerRuns: 0 }
  const count = Math.max(0, tally.count + by)
  if (draft.signals.has(key) || draft.signals.size < MOST_TALLIES) draft.signals.set(key, { ...tally, count })
}

/** A handler does not know who sent its signal: the run goes to the latest sender that is known. */
function countHandlerRun(draft: Draft, name: string, to: number): void {
  let key = `${name} unknown ${to}`
  for (const [candidate, tally] of draft.signals) if (tally.name === name && tally.to === to) key = candidate
  const tally = draft.signals.get(key) ?? { name, from: 'unknown', to, count: 0, handlerRuns: 0 }
  draft.signals.set(key, { ...tally, handlerRuns: tally.handlerRuns + 1 })
}
