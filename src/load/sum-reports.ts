import type { LoadFigures } from '../state/event.ts'
import { Histogram } from './histogram.ts'
import type { WorkerReport } from './protocol.ts'

/** The figures of a load from the reports of its workers. */
export function sumReports(reports: readonly WorkerReport[]): LoadFigures {
  const histogram = new Histogram()
  const failed: Record<string, number> = {}
  for (const report of reports) {
    histogram.add(report.histogram)
    for (const [errno, count] of Object.entries(report.failed)) failed[errno] = (failed[errno] ?? 0) + count
  }
  const sum = (key: 'attempts' | 'connects' | 'succeeded' | 'refused' | 'bytes') =>
    reports.reduce((total, report) => total + report[key], 0)
  const begun = reports.filter((report) => report.first > 0)
  const first = Math.min(...begun.map((report) => report.first))
  const last = Math.max(...begun.map((report) => report.last))
  return {
    attempts: sum('attempts'),
    connects: sum('connects'),
    succeeded: sum('succeeded'),
    failed,
    refused: sum('refused'),
    bytes: sum('bytes'),
    elapsed: begun.length > 0 ? Math.max(0, last - first) : 0,
    latency: histogram.latency(),
  }
}
