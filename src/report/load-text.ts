import { finishedConnections, meanRate, plannedConnections } from '../select/load.ts'
import { failureCount } from '../state/counts.ts'
import type { State } from '../state/state.ts'
import { byteSize, failureList, grouped, percentiles } from './format.ts'

/** What a load came to, in two lines, or with a rate three. */
export function loadLine({ load }: State): string {
  const { figures, stopped, error } = load
  const { latency, service, elapsed } = figures
  const failed = failureCount(figures.failed)
  const begin = error ? `The load failed: ${error}. ` : stopped ? 'Stopped. ' : ''
  return [
    `${begin}${grouped(figures.succeeded)} connections succeeded, ${grouped(failed)} failed${failed > 0 ? ` (${failureList(figures.failed)})` : ''}`,
    `${byteSize(figures.bytes)} in ${(elapsed / 1000).toFixed(2)} s: ${grouped(meanRate(load))} connections/s${latency.max > 0 ? `; ${service ? 'response' : 'latency'} ${percentiles(latency)} ms` : ''}`,
    ...(service
      ? [`service ${percentiles(service)} ms, from when a connection began instead of when it was due`]
      : []),
  ].join('\n')
}

/** Shows on a terminal, in one line that is written over, how far the load is; elsewhere nothing. */
export function loadProgress(out: NodeJS.WriteStream): (state: State) => void {
  if (!out.isTTY) return () => {}
  return ({ load }) => {
    const counts = `${grouped(finishedConnections(load))} of ${grouped(plannedConnections(load))}`
    out.write(load.phase === 'running' ? `\r\x1b[K${counts} connections` : '\r\x1b[K')
  }
}
