import { availableParallelism, release } from 'node:os'
import { balanceOf } from '../select/balance.ts'
import { blindPids } from '../select/blind.ts'
import { meanRate, plannedConnections } from '../select/load.ts'
import { treeOf } from '../select/tree.ts'
import { describeEnding } from '../state/ending.ts'
import type { Millis } from '../state/event.ts'
import type { Process, State } from '../state/state.ts'

/** The object that `run --json` prints. Times in milliseconds, sizes in bytes, `seconds` and `rate` as they say. */
export function runReport(state: State, options: Record<string, unknown>) {
  const { connects, accepts, queued, refused } = balanceOf(state)
  return {
    model: state.server.name,
    options,
    kernel: release(),
    cpus: availableParallelism(),
    node: process.version,
    load: loadReport(state),
    processes: treeOf(state).map(({ process, role }) => processReport(process, role)),
    /** What processes did that had ended and were not kept one by one. */
    departed: { processes: state.departed.processes, ...state.departed.counts },
    threads: threadReports(state),
    zombies: {
      peak: state.zombies.peak,
      longestMs: rounded(state.zombies.longest),
      leftAtStop: state.zombies.leftAtStop,
    },
    signals: [...state.signals.values()],
    probe: { ...state.probe, blind: blindPids(state) },
    balance: { connects, accepts, queued, refused },
  }
}

function loadReport({ load }: State) {
  const { figures, plan, stopped, error } = load
  const { latency, service } = figures
  return {
    connections: plan ? plannedConnections(load) : 0,
    succeeded: figures.succeeded,
    failed: figures.failed,
    requests: figures.requests,
    statuses: figures.statuses,
    retried: figures.retried,
    bytes: figures.bytes,
    seconds: rounded(figures.elapsed / 1000),
    rate: rounded(meanRate(load)),
    latency: { p50: latency.p50, p90: latency.p90, p99: latency.p99, p999: latency.p999, max: latency.max },
    ...(service && { service }),
    connect: figures.connect,
    queued: figures.queued,
    served: figures.served,
    ...(stopped && { stopped }),
    ...(error && { error }),
  }
}

function processReport(process: Process, role: string) {
  const { accepts, received, wakeups, eagain } = process.counts
  return {
    pid: process.pid,
    ppid: process.parent,
    role,
    name: process.name,
    accepts,
    received,
    wakeups,
    eagain,
    switches: process.switches,
    cpu: rounded(process.cpu),
    exit: process.exited?.ending ? describeEnding(process.exited.ending) : null,
  }
}

/** Threads that counted something, of processes in which more than one did. */
function threadReports({ processes }: State) {
  return [...processes.values()]
    .filter(({ threadCounts }) => threadCounts.size > 1)
    .flatMap(({ pid, threadCounts }) =>
      [...threadCounts].map(([tid, { accepts, received, wakeups, eagain }]) => ({
        pid,
        tid,
        accepts,
        received,
        wakeups,
        eagain,
      })),
    )
}

function rounded(n: Millis): number {
  return Math.round(n * 1000) / 1000
}
