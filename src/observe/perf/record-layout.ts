/** The records of perf-reader: the same figures as in record.h. */
export const RECORD_SIZE = 32
export const RECORD_MARK = 0x50455200

export const RECORD = {
  ready: 1,
  refused: 2,
  found: 3,
  forked: 4,
  executed: 5,
  ended: 6,
  reaped: 7,
  sent: 8,
  handled: 9,
  accepts: 10,
  established: 11,
  lost: 12,
  told: 13,
  done: 14,
} as const

export const SCOPE = { system: 1, own: 2 } as const
export const END = { notSeen: 0, byExit: 1, bySignal: 2 } as const
export const SEES = {
  forks: 1,
  accepts: 2,
  eagain: 4,
  signals: 8,
  endings: 16,
  reaps: 32,
  established: 64,
} as const
export const TRACEFS = { found: 0, missing: 1, unreadable: 2 } as const
