import { unreachable } from '../unreachable.ts'
import type { Draft } from './draft.ts'
import type { ServerEvent } from './event.ts'
import { tell } from './log.ts'
import { add, change, findLiving, reap } from './process-table.ts'
import { countSignal } from './reduce-signal.ts'
import { initialState, type OutputLine } from './state.ts'

/** Of each stream. */
const KEPT_LINES = 50

export function reduceServer(draft: Draft, event: ServerEvent): void {
  switch (event.type) {
    case 'server-starting':
      startAnew(draft)
      draft.server = {
        ...initialState.server,
        phase: 'starting',
        name: event.name,
        command: event.command,
        host: event.host,
        port: event.port,
        startedAt: event.at,
        attached: event.attached ?? false,
        tellsHandlers: event.isOwn ?? false,
      }
      return tell(draft, { kind: event.attached ? 'server-attached' : 'server-starting', name: event.name })
    case 'server-started':
      draft.server = { ...draft.server, phase: 'running', pid: event.pid, launcher: event.launcher }
      if (!draft.processes.has(event.pid))
        add(draft, { pid: event.pid, parent: event.launcher, born: event.at })
      return
    case 'server-left':
      draft.server = { ...draft.server, phase: 'gone' }
      draft.listeners = []
      return tell(draft, { kind: 'server-left', name: draft.server.name })
    case 'server-failed':
      draft.server = { ...draft.server, phase: 'gone', failure: event.reason }
      return tell(draft, { kind: 'server-failed', reason: event.reason })
    case 'server-stopping':
      return stop(draft, event)
    case 'server-daemonized':
      return daemonize(draft, event)
    case 'server-ended': {
      const { stopRequestedAt, name } = draft.server
      draft.server = { ...draft.server, ending: event.ending }
      reap(draft, { ...event, by: draft.server.launcher ?? 0 })
      const expected = stopRequestedAt !== null
      return tell(draft, { kind: 'server-ended', name, pid: event.pid, ending: event.ending, expected })
    }
    case 'server-gone': {
      draft.server = { ...draft.server, phase: 'gone', killed: event.killed }
      // Their owners are gone, so none of these is the server's any more.
      draft.listeners = []
      if (draft.sockets) draft.sockets = { ...draft.sockets, states: {}, connections: [] }
      return tell(draft, { kind: 'server-gone', name: draft.server.name, killed: event.killed })
    }
    case 'output':
      draft.server = { ...draft.server, output: keepLine(draft.server.output, event) }
      return tell(draft, { kind: 'output', stream: event.stream, line: event.line })
    case 'output-skipped':
      return tell(draft, { kind: 'output-skipped', bytes: event.bytes })
    default:
      return unreachable(event)
  }
}

/** The second time the user did not want to wait any longer. */
function stop(draft: Draft, { at, signal, until }: Extract<ServerEvent, { type: 'server-stopping' }>): void {
  const { stopRequestedAt, pid, name } = draft.server
  if (stopRequestedAt === null) draft.zombies = { ...draft.zombies, leftAtStop: draft.zombies.now }
  draft.server = {
    ...draft.server,
    phase: 'stopping',
    stopRequestedAt: stopRequestedAt ?? at,
    stopping: { signal, until },
  }
  if (pid) countSignal(draft, { name: signal, from: 'you', to: pid })
  tell(draft, { kind: 'server-stopping', name, signal })
}

/** Who goes on was a child, and is none any more: nobody of the server is left who could wait for it. */
function daemonize(draft: Draft, { at, pid }: Extract<ServerEvent, { type: 'server-daemonized' }>): void {
  const parent = draft.server.launcher ?? 0
  const known = findLiving(draft, pid)
  draft.server = { ...draft.server, pid }
  if (known) {
    draft.forked--
    change(draft, known, { parent, orphan: false })
  } else add(draft, { pid, parent, born: at })
  tell(draft, { kind: 'server-daemonized', name: draft.server.name, pid })
}

/** Much on one stream takes nothing from the other: what a server says of its failure stays. */
function keepLine(output: readonly OutputLine[], { stream, line }: OutputLine): readonly OutputLine[] {
  const isFull = output.filter((each) => each.stream === stream).length >= KEPT_LINES
  const oldest = isFull ? output.findIndex((each) => each.stream === stream) : -1
  return [...output.filter((_, i) => i !== oldest), { stream, line }]
}

/** A new server has none of the old one's processes; the log goes on, so that a switch can be followed. */
function startAnew(draft: Draft): void {
  const { log, now, wallOffset, edit } = draft
  const herd = draft.herd?.isRunning ? draft.herd : null
  Object.assign(draft, initialState, { log, now, wallOffset, edit, herd })
}
