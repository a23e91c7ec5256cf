import { meanRate, plannedConnections } from '../select/load.ts'
import { describeEnding } from '../state/ending.ts'
import type { Generator, Load, State } from '../state/state.ts'
import { rounded } from './rounded.ts'

/**
 * What a load came to: the field `load` of `run --json`, and what `client --json` prints. Times in milliseconds,
 * `seconds` and `rate` as they say; docs/report.md has the meaning of each field.
 */
export function loadReport({ load }: State) {
  return load.generator ? generatorReport(load, load.generator) : clientsReport(load)
}

export type ClientsReport = ReturnType<typeof clientsReport>

function clientsReport(load: Load) {
  const { figures, plan, found, stopped, error } = load
  const isMeasured = figures.latency.max > 0
  const isHttp = (found ?? plan)?.service === 'http'
  return {
    connections: plan ? plannedConnections(load) : null,
    succeeded: figures.succeeded,
    failed: figures.failed,
    requests: figures.requests,
    statuses: isHttp ? figures.statuses : null,
    retried: figures.retried,
    bytes: figures.bytes,
    seconds: rounded(figures.elapsed / 1000),
    rate: rounded(meanRate(load)),
    latency: isMeasured ? { ...figures.latency } : null,
    service: isMeasured ? figures.service : null,
    connect: figures.connect,
    queued: figures.queued,
    served: figures.served,
    stopped,
    error,
    generator: null,
  }
}

/** What only our own clients know, beside a generator. */
const unknown = {
  connections: null,
  succeeded: null,
  failed: null,
  requests: null,
  statuses: null,
  retried: null,
  bytes: null,
  seconds: null,
  rate: null,
  latency: null,
  service: null,
  connect: null,
  queued: null,
  served: null,
}

function generatorReport({ stopped, error }: Load, { command, ending, output }: Generator) {
  const exit = ending && describeEnding(ending)
  return { ...unknown, stopped, error, generator: { command, exit, lines: output } }
}
