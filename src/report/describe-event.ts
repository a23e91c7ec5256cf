import { roleOf } from '../select/tree.ts'
import { describeEnding } from '../state/ending.ts'
import type { Ending } from '../state/event.ts'
import type { LogEntry } from '../state/log.ts'
import type { State } from '../state/state.ts'
import { byteSize, grouped } from './format.ts'

/** How an entry of the log is told; `bad` when something went wrong, `you` when the user did it. */
export type Told = { text: string; tone: 'plain' | 'bad' | 'you' | 'zombie' }

export function describeEvent({ what, count }: LogEntry, state: State): Told {
  const who = (pid: number | string) => (typeof pid === 'number' ? nameOf(state, pid) : pid)
  const many = count > 1 ? ` ×${grouped(count)}` : ''
  switch (what.kind) {
    case 'server':
    case 'load':
      return { text: what.text + many, tone: what.bad ? 'bad' : 'plain' }
    case 'manual':
      return { text: `connection ${what.id}: ${what.text}`, tone: 'you' }
    case 'forked':
      return plain(count > 1 ? `${who(what.parent)} forked${many}` : `${who(what.parent)} forked ${what.pid}`)
    case 'fork-failed':
      return bad(`${who(what.pid)} could not fork: ${what.errno}${many}`)
    case 'accepted':
      return plain(
        `${what.pids.length > 1 ? `${what.pids.length} processes` : who(what.pids[0]!)} accepted ×${grouped(count)}`,
      )
    case 'exited': {
      const subject = count > 1 ? `${grouped(count)} children of ${who(what.parent)}` : who(what.pid)
      return {
        text: `${subject} ${isSignal(what.ending) ? '' : 'ended: '}${endingText(what.ending)}`,
        tone: isSignal(what.ending) ? 'bad' : 'plain',
      }
    }
    case 'reaped':
      return plain(`${who(what.by)} reaped ${count > 1 ? `${grouped(count)} children` : who(what.pid)}`)
    case 'orphaned':
      return bad(`${who(what.pid)} lost its parent: the launcher adopts it${many}`)
    case 'signal': {
      const effect = what.effect ? ` (${what.effect})` : ''
      const receiver = count > 1 ? `${grouped(count)} processes` : who(what.to)
      return {
        text: `${who(what.from)} → ${what.signal} → ${receiver}${effect}`,
        tone: what.from === 'you' ? 'you' : 'plain',
      }
    }
    case 'handled':
      return plain(`${who(what.pid)} handled ${what.signal}${many}`)
    case 'stopped':
    case 'continued':
      return plain(`${who(what.pid)} is ${what.kind}${many}`)
    case 'reset-armed':
      return plain(`${who(what.pid)} will close with a reset${many}`)
    case 'output':
      return { text: `${what.line}${many}`, tone: 'plain' }
    case 'output-skipped':
      return bad(`${byteSize(what.bytes)} of output skipped: it came too fast`)
  }
}

/** `parent 18477`, `child 3 18481`, or the bare pid of a process that is not listed any more. */
export function nameOf(state: State, pid: number): string {
  const process = state.processes.get(pid)
  return process ? `${roleOf(state, process)} ${pid}` : String(pid)
}

function endingText(ending: Ending | null): string {
  return ending ? describeEnding(ending) : 'nobody saw how'
}

function isSignal(ending: Ending | null): boolean {
  return ending !== null && 'signal' in ending
}

function plain(text: string): Told {
  return { text, tone: 'plain' }
}

function bad(text: string): Told {
  return { text, tone: 'bad' }
}
