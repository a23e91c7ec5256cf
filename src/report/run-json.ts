import { availableParallelism, release } from 'node:os'
import { balanceOf } from '../select/balance.ts'
import { blindPids, unseenPids } from '../select/blind.ts'
import { busyInLoad } from '../select/busy.ts'
import { childrenOf } from '../select/children.ts'
import { countingThreads } from '../select/counting-threads.ts'
import { exitsOf } from '../select/exits.ts'
import { listenerAccepts } from '../select/listener-accepts.ts'
import { openOf, requestsOf } from '../select/requests.ts'
import { acceptsOf, areHandlersSeen, isBlind, isPerfRead } from '../select/seen.ts'
import { sharesOf } from '../select/shares.ts'
import { sourcesOf } from '../select/sources.ts'
import { treeOf } from '../select/tree.ts'
import { describeEnding } from '../state/ending.ts'
import type { Process, SignalCount, State } from '../state/state.ts'
import { addressText } from './address.ts'
import { loadReport } from './load-json.ts'
import { rounded } from './rounded.ts'

/** Raised when a field changes its meaning. */
const SCHEMA = 1

/**
 * The object that `run --json` prints; docs/report.md has the meaning and unit of each field, null being what cannot
 * be seen. `atStop` is the state as it was before the server was told to stop: who competed, listened and lived.
 */
export function runReport(state: State, options: Record<string, unknown>, atStop: State = state) {
  return {
    schema: SCHEMA,
    model: state.server.name,
    options,
    kernel: release(),
    cpus: availableParallelism(),
    node: process.version,
    sources: sourcesOf(atStop),
    load: loadReport(state),
    processes: treeOf(state).map(({ process, role }) => processReport({ state, atStop }, process, role)),
    departed: departedReport(state),
    threads: [...state.processes.values()].flatMap(threadReports),
    children: childrenOf(atStop),
    listeners: atStop.listeners.map((listener) => ({
      address: addressText(listener),
      accepts: listenerAccepts(atStop, listener),
      queued: listener.queued,
      backlog: listener.backlog,
    })),
    shares: sharesOf(atStop),
    requestShares: null,
    zombies: {
      peak: state.zombies.peak,
      longestMs: rounded(state.zombies.longest),
      leftAtStop: state.zombies.leftAtStop,
    },
    signals: [...state.signals.values()].map((signal) => signalReport(state, signal)),
    probe: { ...state.probe, blind: blindPids(state) },
    balance: balanceReport(state),
    exits: exitsOf(state),
    output: state.server.output.filter(({ stream }) => stream === 'stderr').map(({ line }) => line),
    findings: null,
    reload: null,
  }
}

/** Runs of handlers are null where nobody sees them: only our own models tell of theirs. */
function signalReport(state: State, signal: SignalCount) {
  const isSeen = areHandlersSeen(state) || signal.handlerRuns > 0
  return { ...signal, handlerRuns: isSeen ? signal.handlerRuns : null }
}

function balanceReport(state: State) {
  const { connects, accepts, queued, refused, missing } = balanceOf(state)
  // What is missing may have been accepted by somebody who cannot be seen into.
  const isSeen = missing <= 0 || unseenPids(state).length === 0
  return { connects, accepts: isSeen ? accepts : null, queued, refused, discarded: null }
}

/** What a process did is null where no source sees it. */
function processReport({ state, atStop }: { state: State; atStop: State }, process: Process, role: string) {
  const { received, wakeups, eagain } = process.counts
  const counts = { received, wakeups, eagain }
  const busy = busyInLoad(state, process)
  return {
    pid: process.pid,
    ppid: process.parent,
    role,
    name: process.title || process.name,
    source: sourceOf(state, process),
    accepts: acceptsOf(state, process),
    ...(isBlind(process) ? { received: null, wakeups: null, eagain: null } : counts),
    requests: requestsOf(state, process),
    open: openOf(atStop, atStop.processes.get(process.pid) ?? process),
    busy: busy === null ? null : rounded(busy),
    switches: process.switches,
    cpu: rounded(process.cpu),
    exit: process.exited?.ending ? describeEnding(process.exited.ending) : null,
  }
}

/** Who told of what the process did. */
function sourceOf(state: State, process: Process): string | null {
  if (process.probed) return 'probe'
  if (process.perfAccepts !== null || isPerfRead(state)) return 'perf'
  return process.sampledAt > 0 ? 'proc' : null
}

function departedReport({ departed }: State) {
  const { serving, waiting, ...counts } = departed.counts
  return { processes: departed.processes, ...counts }
}

/** Threads that counted something, of a process in which more than one did. */
function threadReports(process: Process) {
  return [...countingThreads(process)].map(([tid, { accepts, received, wakeups, eagain }]) => ({
    pid: process.pid,
    tid,
    accepts,
    received,
    wakeups,
    eagain,
  }))
}
