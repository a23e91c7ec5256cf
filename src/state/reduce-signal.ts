import type { Draft } from './draft.ts'
import type { SignalEvent } from './event.ts'
import type { SignalEffect } from './happening.ts'
import { tell } from './log.ts'
import type { SignalCount } from './state.ts'

/** Pairs of sender and receiver that are counted one by one. */
const MOST_PAIRS = 5000

export function reduceSignal(draft: Draft, event: SignalEvent): void {
  if (event.type === 'signal-handled') {
    // Where perf tells of handlers, it tells of these, too.
    if (draft.sources.perf === null) return
    countHandlerRuns(draft, event.signal, event.pid, 1)
    return tell(draft, { kind: 'handled', pid: event.pid, signal: event.signal })
  }
  const { from, to, signal, errno } = event
  // It was noted before it was sent; that it failed takes the note back.
  countSignal(draft, { name: signal, from, to }, errno ? -1 : 1)
  const effect = errno ? { errno } : disposition(draft, to, signal)
  tell(draft, { kind: 'signal', from, to, signal, effect })
}

/** What the receiver has set for the signal, where that makes a difference to its default action. */
function disposition(draft: Draft, to: number, signal: string): SignalEffect {
  const receiver = draft.processes.get(to)
  if (receiver?.exited) return 'zombie'
  if (receiver?.ignores.includes(signal)) return 'ignored'
  if (receiver?.catches.includes(signal)) return 'caught'
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
  if (!draft.signals.has(key) && draft.signals.size >= MOST_PAIRS) return
  draft.edit('signals').set(key, { ...known, count: Math.max(0, known.count + by) })
  draft.edit('lastSenders').set(`${name} ${to}`, key)
}

/** A handler does not know who sent its signal: the runs go to the latest sender that is known. */
export function countHandlerRuns(draft: Draft, name: string, to: number, runs: number): void {
  const key = draft.lastSenders.get(`${name} ${to}`) ?? `${name} unknown ${to}`
  const known = draft.signals.get(key) ?? { name, from: 'unknown', to, count: 0, handlerRuns: 0 }
  draft.edit('signals').set(key, { ...known, handlerRuns: known.handlerRuns + runs })
}
