import type { Ending, Millis } from './event.ts'

/** What the events pane tells of. Where one entry folds several, the pid is that of the latest. */
export type Happening =
  | { kind: 'server' | 'load'; text: string; bad: boolean }
  | { kind: 'manual'; id: number; text: string }
  | { kind: 'forked'; pid: number; parent: number }
  | { kind: 'fork-failed'; pid: number; errno: string }
  | { kind: 'accepted'; pids: readonly number[] }
  | { kind: 'exited'; pid: number; parent: number; ending: Ending | null }
  | { kind: 'reaped'; pid: number; by: number | 'kernel' | 'launcher' }
  | { kind: 'orphaned'; pid: number }
  | { kind: 'signal'; from: number | 'you'; to: number; signal: string; effect: string | null }
  | { kind: 'handled'; pid: number; signal: string }
  | { kind: 'stopped' | 'continued' | 'reset-armed'; pid: number }
  | { kind: 'output'; stream: 'stdout' | 'stderr'; line: string }
  | { kind: 'output-skipped'; bytes: number }

export type LogEntry = {
  id: number
  first: Millis
  last: Millis
  count: number
  what: Happening
  /** Happenings with the same key are told as one. */
  key: string
}

export type Log = { entries: readonly LogEntry[]; next: number }

const MOST_ENTRIES = 500
/** Equal events within this time become one entry with a count. */
const FOLD_WITHIN: Millis = 1000
/** How far back an equal entry is looked for. */
const FOLD_DEPTH = 12

/** The log with one more happening, which stands for `count` equal ones. */
export function append({ entries, next }: Log, at: Millis, what: Happening, count = 1): Log {
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
  const entry: LogEntry = { id: next, first: at, last: at, count, what, key }
  return { entries: [...entries.slice(-(MOST_ENTRIES - 1)), entry], next: next + 1 }
}

/** What the user did, or nobody expected: what came before it and what came after are not told as one. */
function isTurningPoint(what: Happening): boolean {
  switch (what.kind) {
    case 'server':
    case 'load':
    case 'stopped':
    case 'continued':
      return true
    case 'signal':
      return what.from === 'you'
    case 'exited':
      return what.ending !== null && 'signal' in what.ending
    default:
      return false
  }
}

function keyOf(what: Happening): string {
  switch (what.kind) {
    case 'forked':
      return `forked ${what.parent}`
    case 'exited':
      return `exited ${what.parent} ${JSON.stringify(what.ending)}`
    case 'reaped':
      return `reaped ${what.by}`
    case 'signal':
      return `signal ${what.from} ${what.signal} ${what.effect}`
    case 'handled':
      return `handled ${what.pid} ${what.signal}`
    case 'fork-failed':
      return `fork-failed ${what.pid} ${what.errno}`
    case 'output':
      return `output ${what.stream} ${what.line}`
    case 'server':
    case 'load':
      return `${what.kind} ${what.text}`
    case 'manual':
      return `manual ${what.id} ${what.text}`
    default:
      return what.kind
  }
}

function fold(before: Happening, what: Happening): Happening {
  if (before.kind === 'accepted' && what.kind === 'accepted')
    return { kind: 'accepted', pids: [...new Set([...before.pids, ...what.pids])] }
  if (before.kind === 'output-skipped' && what.kind === 'output-skipped')
    return { kind: 'output-skipped', bytes: before.bytes + what.bytes }
  return what
}
