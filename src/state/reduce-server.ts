import { type Draft, tell } from './draft.ts'
import { describeEnding } from './ending.ts'
import type { ServerEvent } from './event.ts'
import { addProcess, markReaped } from './reduce-process.ts'
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
      }
      return tell(draft, { kind: 'server', text: `${event.name} is starting`, bad: false })
    case 'server-started':
      draft.server = { ...draft.server, phase: 'running', pid: event.pid, launcher: event.launcher }
      if (!draft.processes.has(event.pid))
        addProcess(draft, { pid: event.pid, parent: event.launcher, born: event.at })
      return
    case 'server-failed':
      draft.server = { ...draft.server, phase: 'gone', failure: event.reason }
      return tell(draft, { kind: 'server', text: event.reason, bad: true })
    case 'server-stopping':
      draft.server = { ...draft.server, phase: 'stopping', stopRequestedAt: event.at }
      draft.zombies = { ...draft.zombies, leftAtStop: draft.zombies.now }
      if (draft.server.pid) countSignal(draft, { name: 'SIGTERM', from: 'you', to: draft.server.pid })
      return tell(draft, { kind: 'server', text: `${draft.server.name} is told to stop`, bad: false })
    case 'server-ended': {
      const { stopRequestedAt, name } = draft.server
      draft.server = { ...draft.server, ending: event.ending }
      markReaped(draft, { ...event, by: draft.server.launcher ?? 0 })
      const text = `${name} (${event.pid}) ended: ${describeEnding(event.ending)}`
      return tell(draft, { kind: 'server', text, bad: stopRequestedAt === null })
    }
    case 'server-gone': {
      draft.server = { ...draft.server, phase: 'gone', killed: event.killed }
      draft.listeners = []
      const killed = event.killed > 0 ? `, ${event.killed} had to be killed` : ''
      return tell(draft, {
        kind: 'server',
        text: `nothing of ${draft.server.name} is left${killed}`,
        bad: event.killed > 0,
      })
    }
    case 'output':
      draft.server = { ...draft.server, output: keepLine(draft.server.output, event) }
      return tell(draft, { kind: 'output', stream: event.stream, line: event.line })
    case 'output-skipped':
      return tell(draft, { kind: 'output-skipped', bytes: event.bytes })
  }
}

/** Much on one stream takes nothing from the other: what a server says of its failure stays. */
function keepLine(output: readonly OutputLine[], { stream, line }: OutputLine): readonly OutputLine[] {
  const isFull = output.filter((each) => each.stream === stream).length >= KEPT_LINES
  const oldest = isFull ? output.findIndex((each) => each.stream === stream) : -1
  return [...output.filter((_, i) => i !== oldest), { stream, line }]
}

/** A new server has none of the old one's processes; the log goes on, so that a switch can be followed. */
function startAnew(draft: Draft): void {
  const { log, now } = draft
  Object.assign(draft, initialState, {
    ended: [],
    processes: new Map(),
    threads: new Map(),
    signals: new Map(),
    log,
    now,
  })
}
