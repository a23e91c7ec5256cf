import type { Draft } from './draft.ts'
import type { Instant } from './event.ts'
import { fold, type Happening, isTurningPoint, keyOf } from './happening.ts'

export type LogEntry = {
  id: number
  first: Instant
  last: Instant
  count: number
  what: Happening
  /** Happenings with the same key are told as one. */
  key: string
  /** When the server that it is about was started: tells apart two servers in one log. */
  serverSince: Instant
}

export type Log = { entries: readonly LogEntry[]; next: number }

export const emptyLog: Log = { entries: [], next: 1 }

const MOST_ENTRIES = 500
/** Equal events within this time become one entry with a count. */
const FOLD_WITHIN = 1000
/** How far back an equal entry is looked for. */
const FOLD_DEPTH = 12

/** Appends to the log of the draft; one happening may stand for `count` equal ones. */
export function tell(draft: Draft, what: Happening, count = 1): void {
  draft.log = append(draft.log, draft.now, what, { count, serverSince: draft.server.startedAt })
}

/** The log with one more happening. */
export function append(
  { entries, next }: Log,
  at: Instant,
  what: Happening,
  { count = 1, serverSince = 0 } = {},
): Log {
  const key = keyOf(what)
  for (let i = entries.length - 1; i >= Math.max(0, entries.length - FOLD_DEPTH); i--) {
    const entry = entries[i]!
    if (at - entry.first > FOLD_WITHIN) break
    if (entry.key !== key) {
      if (isTurningPoint(entry.what)) break
      continue
    }
    const folded = { ...entry, last: at, count: entry.count + count, what: fold(entry.what, what) }
    return { entries: entries.with(i, folded), next }
  }
  const entry: LogEntry = { id: next, first: at, last: at, count, what, key, serverSince }
  return { entries: [...entries.slice(-(MOST_ENTRIES - 1)), entry], next: next + 1 }
}
