import type { State } from '../state/state.ts'
import { failureCount } from '../state/totals.ts'
import { byteSize, failureList, grouped, percentiles } from './format.ts'

/** What a load came to, in two lines, or with a rate three. */
export function loadLine({ load }: State): string {
  const { figures, stopped, error } = load
  const { latency, service, elapsed } = figures
  const failed = failureCount(figures.failed)
  const rate = elapsed > 0 ? (figures.succeeded / elapsed) * 1000 : 0
  const begin = error ? `The load failed: ${error}. ` : stopped ? 'Stopped. ' : ''
  return [
    `${begin}${grouped(figures.succeeded)} connections succeeded, ${grouped(failed)} failed${failed > 0 ? ` (${failureList(figures.failed)})` : ''}`,
    `${byteSize(figures.bytes)} in ${(elapsed / 1000).toFixed(2)} s: ${grouped(rate)} connections/s${latency.max > 0 ? `; ${service ? 'response' : 'latency'} ${percentiles(latency)} ms` : ''}`,
    ...(service
      ? [`service ${percentiles(service)} ms, from when a connection began instead of when it was due`]
      : []),
  ].join('\n')
}

/** Shows on a terminal, in one line that is written over, how far the load is; elsewhere nothing. */
export function loadProgress(out: NodeJS.WriteStream): (state: State) => void {
  if (!out.isTTY) return () => {}
  return ({ load }) => {
    const { figures, plan, phase } = load
    const total = plan!.clients * plan!.connections
    const done = figures.succeeded + failureCount(figures.failed)
    out.write(phase === 'running' ? `\r\x1b[K${grouped(done)} of ${grouped(total)} connections` : '\r\x1b[K')
  }
}
