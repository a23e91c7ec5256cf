import { roleOf } from '../select/tree.ts'
import { describeEnding, isBySignal, isSuccess } from '../state/ending.ts'
import type { Ending, FoundProtocol, LoadPlan, ManualConnectionEnding } from '../state/event.ts'
import type { SignalEffect } from '../state/happening.ts'
import type { LogEntry } from '../state/log.ts'
import type { State } from '../state/state.ts'
import { unreachable } from '../unreachable.ts'
import { byteSize, grouped } from './format.ts'
import { wordsText } from './words-text.ts'

/** How an entry of the log is told; `bad` when something went wrong, `you` when the user did it. */
export type Told = { text: string; tone: 'plain' | 'bad' | 'you' | 'zombie' }

export function describeEvent({ what, count, serverSince }: LogEntry, state: State): Told {
  // Of an earlier server's processes nothing is known any more but their pids.
  const isOfThisServer = serverSince === state.server.startedAt
  const who = (pid: number | string) =>
    typeof pid === 'number' && isOfThisServer ? nameOf(state, pid) : String(pid)
  const many = count > 1 ? ` ×${grouped(count)}` : ''
  switch (what.kind) {
    case 'server-starting':
      return plain(`${what.name} is starting${many}`)
    case 'server-failed':
      return bad(what.reason + many)
    case 'server-attached':
      return plain(`${what.name} is watched from now on${many}`)
    case 'server-left':
      return plain(`${what.name} is left alone and goes on${many}`)
    case 'server-stopping':
      return plain(describeStop(what.name, what.signal) + many)
    case 'server-daemonized':
      return plain(
        `${what.name} goes on as ${what.pid}: its first process has ended, as a daemon's does${many}`,
      )
    case 'server-ended': {
      const text = `${what.name} (${what.pid}) ended: ${describeEnding(what.ending)}`
      return what.expected ? plain(text) : bad(text)
    }
    case 'server-gone': {
      const left = `nothing of ${what.name} is left`
      return what.killed > 0 ? bad(`${left}, ${what.killed} had to be killed`) : plain(left)
    }
    case 'load-started':
      return plain(`load: ${describePlan(what.plan)}${many}`)
    case 'load-changed':
      return plain(`load is now ${describePlan(what.plan)}${many}`)
    case 'protocol-found':
      return plain(`the server ${describeFound(what.found)}${many}`)
    case 'load-ended': {
      if (what.error) return bad(`load failed: ${what.error}${many}`)
      const text = `load ${what.stopped ? 'stopped' : 'done'}: ${what.succeeded} succeeded`
      return what.failed > 0 ? bad(`${text}, ${what.failed} failed${many}`) : plain(text + many)
    }
    case 'generator-started':
      return plain(`load by ${wordsText(what.command)}${many}`)
    case 'generator-ended': {
      if (what.error) return bad(`load failed: ${what.error}${many}`)
      const text = `load ${what.stopped ? 'stopped' : 'done'}: ${endingText(what.ending)}${many}`
      return what.stopped || isSuccess(what.ending) ? plain(text) : bad(text)
    }
    case 'manual-opened':
      return { text: `connection ${what.id}: you connect from port ${what.port}`, tone: 'you' }
    case 'manual-closed':
      return { text: `connection ${what.id}: ${describeManualEnding(what.how)}`, tone: 'you' }
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
        text: `${subject} ${isBySignal(what.ending) ? '' : 'ended: '}${endingText(what.ending)}`,
        tone: isBySignal(what.ending) ? 'bad' : 'plain',
      }
    }
    case 'reaped':
      return plain(`${who(what.by)} reaped ${count > 1 ? `${grouped(count)} children` : who(what.pid)}`)
    case 'orphaned':
      return bad(`${who(what.pid)} lost its parent: the launcher adopts it${many}`)
    case 'signal': {
      const effect = what.effect ? ` (${describeEffect(what.effect)})` : ''
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
    default:
      return unreachable(what)
  }
}

function describeStop(name: string, signal: string): string {
  if (signal === 'SIGKILL') return `${name} is killed`
  return `${name} is told to stop${signal === 'SIGTERM' ? '' : ` by ${signal}`}`
}

function describePlan(plan: LoadPlan): string {
  const { clients, connections, duration, requests, rate, think } = plan
  const amount = duration === null ? ` × ${connections} connections` : ` for ${duration / 1000} s`
  const each = requests > 1 ? `${requests} requests each, ` : ''
  const due = rate > 0 ? `, ${rate} due a second` : ''
  const pause = think > 0 ? `, ${think} ms between two` : ''
  return `${clients} clients${amount}, ${each}${describeRequest(plan)}${due}${pause}`
}

function describeRequest({ service, bytes, http }: LoadPlan): string {
  switch (service) {
    case 'bytes':
      return `${bytes} bytes each`
    case 'echo':
      return 'one echo each'
    case 'any':
      return 'one answer each'
    case 'http':
      return `${http.method} ${http.path.replaceAll('{bytes}', String(bytes))}`
    case 'auto':
      return 'HTTP if the server speaks it'
    default:
      return unreachable(service)
  }
}

/** What a server speaks: `speaks HTTP/1.1`. */
export function describeFound(found: FoundProtocol): string {
  return found.service === 'http' ? `speaks ${found.version}` : 'speaks no HTTP: any answer counts'
}

/** Who ended a connection made by hand, and how. */
export function describeManualEnding(how: ManualConnectionEnding): string {
  if (typeof how === 'object') return `failed: ${how.errno}`
  return { closed: 'closed by you', aborted: 'aborted by you with RST', 'closed by the server': how }[how]
}

function describeEffect(effect: NonNullable<SignalEffect>): string {
  if (typeof effect === 'object') return `failed: ${effect.errno}`
  return { zombie: 'it is a zombie, nothing happens', ignored: 'ignored', caught: 'it has a handler' }[effect]
}

/** `parent 18477`, `child 3 18481`, or the bare pid of a process that is not listed any more. */
export function nameOf(state: State, pid: number): string {
  const process = state.processes.get(pid)
  return process ? `${roleOf(state, process)} ${pid}` : String(pid)
}

function endingText(ending: Ending | null): string {
  return ending ? describeEnding(ending) : 'nobody saw how'
}

function plain(text: string): Told {
  return { text, tone: 'plain' }
}

function bad(text: string): Told {
  return { text, tone: 'bad' }
}
