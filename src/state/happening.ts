import { unreachable } from '../unreachable.ts'
import { endingKey, isBySignal } from './ending.ts'
import type { Ending, FoundProtocol, LoadPlan, ManualConnectionEnding } from './event.ts'

/**
 * What the events pane tells of, as data: src/report/describe-event.ts puts it into words. Where one entry of the log
 * folds several, the pid is that of the latest.
 */
export type Happening =
  | { kind: 'server-starting' | 'server-attached' | 'server-left'; name: string }
  | { kind: 'server-stopping'; name: string; signal: string }
  | { kind: 'server-daemonized'; name: string; pid: number }
  | { kind: 'server-failed'; reason: string }
  /** `expected`: somebody had asked it to. */
  | { kind: 'server-ended'; name: string; pid: number; ending: Ending; expected: boolean }
  | { kind: 'server-gone'; name: string; killed: number }
  | { kind: 'load-started' | 'load-changed'; plan: LoadPlan }
  | { kind: 'protocol-found'; found: FoundProtocol }
  | { kind: 'load-ended'; succeeded: number; failed: number; stopped: boolean; error: string | null }
  | { kind: 'generator-started'; command: readonly string[] }
  | { kind: 'generator-ended'; ending: Ending | null; stopped: boolean; error: string | null }
  | { kind: 'manual-opened'; id: number; port: number }
  | { kind: 'manual-closed'; id: number; how: ManualConnectionEnding }
  | { kind: 'forked'; pid: number; parent: number }
  | { kind: 'fork-failed'; pid: number; errno: string }
  | { kind: 'accepted'; pids: readonly number[] }
  | { kind: 'exited'; pid: number; parent: number; ending: Ending | null }
  | { kind: 'reaped'; pid: number; by: number | 'kernel' | 'launcher' }
  | { kind: 'orphaned'; pid: number }
  | { kind: 'signal'; from: number | 'you'; to: number; signal: string; effect: SignalEffect }
  | { kind: 'handled'; pid: number; signal: string }
  | { kind: 'stopped' | 'continued' | 'reset-armed'; pid: number }
  | { kind: 'output'; stream: 'stdout' | 'stderr'; line: string }
  | { kind: 'output-skipped'; bytes: number }

/** What a signal did to its receiver, where that is not its default action; `errno` when it could not be sent. */
export type SignalEffect = 'zombie' | 'ignored' | 'caught' | { errno: string } | null

/** What the user did, or nobody expected: what came before it and what came after are not told as one. */
export function isTurningPoint(what: Happening): boolean {
  switch (what.kind) {
    case 'server-starting':
    case 'server-attached':
    case 'server-left':
    case 'server-failed':
    case 'server-stopping':
    case 'server-daemonized':
    case 'server-ended':
    case 'server-gone':
    case 'load-started':
    case 'load-changed':
    case 'protocol-found':
    case 'load-ended':
    case 'generator-started':
    case 'generator-ended':
    case 'stopped':
    case 'continued':
      return true
    case 'signal':
      return what.from === 'you'
    case 'exited':
      return isBySignal(what.ending)
    default:
      return false
  }
}

/** Happenings with the same key are told as one. */
export function keyOf(what: Happening): string {
  switch (what.kind) {
    case 'forked':
      return `forked ${what.parent}`
    case 'exited':
      return `exited ${what.parent} ${endingKey(what.ending)}`
    case 'reaped':
      return `reaped ${what.by}`
    case 'signal':
      return `signal ${what.from} ${what.signal} ${JSON.stringify(what.effect)}`
    case 'handled':
      return `handled ${what.pid} ${what.signal}`
    case 'fork-failed':
      return `fork-failed ${what.pid} ${what.errno}`
    case 'output':
      return `output ${what.stream} ${what.line}`
    case 'server-starting':
    case 'server-attached':
    case 'server-left':
    case 'server-failed':
    case 'server-stopping':
    case 'server-daemonized':
    case 'server-ended':
    case 'server-gone':
    case 'load-started':
    case 'load-changed':
    case 'protocol-found':
    case 'load-ended':
    case 'generator-started':
    case 'generator-ended':
    case 'manual-opened':
    case 'manual-closed':
      return JSON.stringify(what)
    case 'accepted':
    case 'orphaned':
    case 'stopped':
    case 'continued':
    case 'reset-armed':
    case 'output-skipped':
      return what.kind
    default:
      return unreachable(what)
  }
}

/** One happening for an earlier and a later one with the same key. */
export function fold(before: Happening, what: Happening): Happening {
  if (before.kind === 'accepted' && what.kind === 'accepted')
    return { kind: 'accepted', pids: [...new Set([...before.pids, ...what.pids])] }
  if (before.kind === 'output-skipped' && what.kind === 'output-skipped')
    return { kind: 'output-skipped', bytes: before.bytes + what.bytes }
  return what
}
