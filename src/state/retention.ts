import type { Duration, Ending } from './event.ts'

/** How long, and how many of, processes that have ended are kept, and how long each has a row on the screen. */
export const RETENTION = {
  /** Of a process that ended as it should. */
  well: { kept: 2000, shown: 1000 },
  /** Of one that ended with another exit code than 0. */
  failed: { kept: 60_000, shown: 5000 },
  /** Of one that a signal ended. */
  killed: { kept: 60_000, shown: 60_000 },
} satisfies Record<string, { kept: Duration; shown: Duration }>

/** Of those that ended well, the last few have a row. */
export const MOST_WELL_SHOWN = 3
/** Ended processes that are kept: those that never accepted, and those that did. */
export const MOST_KEPT = 200
export const MOST_KEPT_WITH_COUNTS = 2000

export function retentionOf(ending: Ending | null): { kept: Duration; shown: Duration } {
  if (ending === null) return RETENTION.well
  if ('signal' in ending) return RETENTION.killed
  return ending.code === 0 ? RETENTION.well : RETENTION.failed
}
