import { meanRate } from '../select/load.ts'
import type { State } from '../state/state.ts'
import { rounded } from './rounded.ts'

/**
 * What a load came to: the field `load` of `run --json`, and what `client --json` prints. Times in milliseconds,
 * `seconds` and `rate` as they say; docs/report.md has the meaning of each field.
 */
export function loadReport({ load }: State) {
  const { figures, plan, stopped, error } = load
  const isMeasured = figures.latency.max > 0
  return {
    connections: plan ? plan.clients * plan.connections : null,
    succeeded: figures.succeeded,
    failed: figures.failed,
    requests: null,
    statuses: null,
    retried: null,
    bytes: figures.bytes,
    seconds: rounded(figures.elapsed / 1000),
    rate: rounded(meanRate(load)),
    latency: isMeasured ? { ...figures.latency } : null,
    service: isMeasured ? figures.service : null,
    connect: null,
    queued: null,
    served: null,
    stopped,
    error,
  }
}
