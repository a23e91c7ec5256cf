import { errnoName } from '../../servers/posix/error.ts'
import { endingOf } from '../state/ending.ts'
import type { Event } from '../state/event.ts'
import { signalName } from '../state/signal-name.ts'
import { isSignal } from './check-events.ts'
import { Corrupt } from './corrupt.ts'
import { EVENT, KIND } from './layout.ts'
import type { Named } from './translate-pids.ts'

/**
 * An event of the ring, twelve 32-bit words as probe/layout.h has them; null for a kind that is not known. Throws Corrupt
 * for a signal that there is not.
 */
export function decodeEvent(words: Uint32Array): Event | Named | null {
  const at = unsigned(words, EVENT.time / 4) / 1e6
  const pid = words[EVENT.pid / 4]!
  const a = signed(words, EVENT.a / 4)
  const b = signed(words, EVENT.b / 4)
  const c = signed(words, EVENT.c / 4)
  switch (words[EVENT.kind / 4]) {
    case KIND.forked:
      return { type: 'forked', at, pid, parent: a, autoReap: b !== 0, index: c }
    case KIND.forkFailed:
      return { type: 'fork-failed', at, pid, errno: errnoName(a) }
    case KIND.probed:
      return { type: 'probed', at, pid, parent: a }
    case KIND.exited:
      return { type: 'exited', at, pid, code: a }
    case KIND.reaped:
      return { type: 'reaped', at, pid: a, by: pid, ending: endingOf(b) }
    case KIND.signalSent:
      return {
        type: 'signal-sent',
        at,
        from: pid,
        to: a,
        signal: nameOf(b),
        ...(c !== 0 && { errno: errnoName(c) }),
      }
    case KIND.signalHandled:
      return { type: 'signal-handled', at, pid, signal: nameOf(a) }
    case KIND.resetArmed:
      return { type: 'reset-armed', at, pid, fd: a }
    case KIND.named:
      return { type: 'named', at, pid, outer: a }
    default:
      return null
  }
}

function unsigned(words: Uint32Array, i: number): number {
  return words[i]! + words[i + 1]! * 2 ** 32
}

function signed(words: Uint32Array, i: number): number {
  return words[i]! + (words[i + 1]! | 0) * 2 ** 32
}

function nameOf(signal: number): string {
  if (!isSignal(signal)) throw new Corrupt(`a signal with the number ${signal}`)
  return signalName(signal)
}
