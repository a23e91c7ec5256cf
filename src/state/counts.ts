import type { Counts } from './event.ts'

export const noCounts: Counts = {
  accepts: 0,
  received: 0,
  passed: 0,
  wakeups: 0,
  eagain: 0,
  requests: 0,
  bytesIn: 0,
  bytesOut: 0,
  serving: 0,
  waiting: 0,
}

/** The sum of two counts. */
export function addCounts(a: Counts, b: Counts): Counts {
  return {
    accepts: a.accepts + b.accepts,
    received: a.received + b.received,
    passed: a.passed + b.passed,
    wakeups: a.wakeups + b.wakeups,
    eagain: a.eagain + b.eagain,
    requests: a.requests + b.requests,
    bytesIn: a.bytesIn + b.bytesIn,
    bytesOut: a.bytesOut + b.bytesOut,
    serving: a.serving + b.serving,
    waiting: a.waiting + b.waiting,
  }
}

/** What was counted between two readings. */
export function subtractCounts(after: Counts, before: Counts): Counts {
  return {
    accepts: after.accepts - before.accepts,
    received: after.received - before.received,
    passed: after.passed - before.passed,
    wakeups: after.wakeups - before.wakeups,
    eagain: after.eagain - before.eagain,
    requests: after.requests - before.requests,
    bytesIn: after.bytesIn - before.bytesIn,
    bytesOut: after.bytesOut - before.bytesOut,
    serving: after.serving - before.serving,
    waiting: after.waiting - before.waiting,
  }
}

/** How many failures a load has had, of all kinds. */
export function failureCount(failed: Record<string, number>): number {
  return Object.values(failed).reduce((sum, count) => sum + count, 0)
}
