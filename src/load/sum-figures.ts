import type { LoadFigures } from '../state/event.ts'
import { countNames, type LoadCounts } from './counts.ts'
import { Histogram } from './histogram.ts'
import type { WorkerReport } from './worker-messages.ts'

type Source = { counts(): LoadCounts; report(): WorkerReport | null }

/** The figures of a load from all its workers; `hasRate` tells whether it ever had a rate. */
export function sumFigures(workers: readonly Source[], hasRate: boolean): LoadFigures {
  const counts = workers.map((worker) => worker.counts())
  const sums = Object.fromEntries(
    countNames.map((name) => [name, counts.reduce((sum, each) => sum + each[name], 0)]),
  ) as LoadCounts
  const reports = workers.flatMap((worker) => worker.report() ?? [])
  const response = new Histogram()
  const service = new Histogram()
  const [connect, queued, served] = [new Histogram(), new Histogram(), new Histogram()]
  const failed: Record<string, number> = {}
  const statuses: Record<string, number> = {}
  for (const report of reports) {
    response.add(report.response)
    service.add(report.service)
    connect.add(report.connect)
    queued.add(report.queued)
    served.add(report.served)
    addCounts(failed, report.failed)
    addCounts(statuses, report.statuses)
  }
  return {
    ...sums,
    failed,
    statuses,
    elapsed: elapsed(reports),
    latency: response.latency(),
    service: hasRate ? service.latency() : null,
    connect: connect.isEmpty ? null : connect.latency(),
    queued: queued.isEmpty ? null : queued.latency(),
    served: served.isEmpty ? null : served.latency(),
    planned: reports.reduce((sum, { planned }) => sum + planned, 0),
    distribution: response.distribution(),
  }
}

function addCounts(sums: Record<string, number>, counts: Record<string, number>): void {
  for (const [name, count] of Object.entries(counts)) sums[name] = (sums[name] ?? 0) + count
}

function elapsed(reports: readonly WorkerReport[]): number {
  const begun = reports.filter(({ first }) => first > 0)
  if (begun.length === 0) return 0
  const first = Math.min(...begun.map((report) => report.first))
  return Math.max(0, Math.max(...begun.map((report) => report.last)) - first)
}
