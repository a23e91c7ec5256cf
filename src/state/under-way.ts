import type { Duration, Listener } from './event.ts'
import type { ManualConnection, State } from './state.ts'

/** So long after something of ours, not everything that belongs to it is counted yet. */
const SETTLING: Duration = 1000

/** Connections that wait in the listeners' queues. */
export function queuedIn(listeners: readonly Listener[]): number {
  return listeners.reduce((sum, { queued }) => sum + queued, 0)
}

/** Connections that our load, and those before it on the same server, established. */
export function establishedBy({ before, figures }: State['load']): number {
  return before.established + figures.connects
}

/** Whether our load runs, or has ended so lately that something of it may still be on its way to a reading. */
export function isLoadUnderWay({ load, now }: Pick<State, 'load' | 'now'>): boolean {
  return load.plan !== null && (load.phase === 'running' || now - load.endedAt < SETTLING)
}

/** Manual connections that were opened so lately. */
export function youngConnections({
  manualConnections,
  now,
}: Pick<State, 'manualConnections' | 'now'>): readonly ManualConnection[] {
  return manualConnections.filter(({ openedAt }) => now - openedAt < SETTLING)
}
