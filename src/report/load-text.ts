import {
  countsRequests,
  finishedConnections,
  meanRate,
  meanRequestRate,
  plannedConnections,
} from '../select/load.ts'
import { failureCount } from '../state/counts.ts'
import type { Load, State } from '../state/state.ts'
import { describeFound } from './describe-event.ts'
import { byteSize, failureList, grouped, percentiles } from './format.ts'
import { generatorText } from './generator-text.ts'

/** What a load came to, in two lines, or with a rate three; of a generator what it printed last. */
export function loadLine({ load }: State): string {
  if (load.generator) return generatorText(load, load.generator)
  const { figures, stopped, error, found, plan } = load
  const { latency, service, elapsed } = figures
  const failed = failureCount(figures.failed)
  const begin = error ? `The load failed: ${error}. ` : stopped ? 'Stopped. ' : ''
  return [
    `${begin}${grouped(figures.succeeded)} connections succeeded, ${grouped(failed)} failed${failed > 0 ? ` (${failureList(figures.failed)})` : ''}`,
    `${byteSize(figures.bytes)} in ${(elapsed / 1000).toFixed(2)} s: ${grouped(meanRate(load))} connections/s${requestText(load)}${latency.max > 0 ? `; ${service ? 'response' : 'latency'} ${percentiles(latency)} ms` : ''}`,
    ...(service
      ? [`service ${percentiles(service)} ms, from when a connection began instead of when it was due`]
      : []),
    ...(Object.keys(figures.statuses).length > 0 ? [`status ${failureList(figures.statuses)}`] : []),
    ...(figures.retried > 0 ? [`${grouped(figures.retried)} requests sent again on a new connection`] : []),
    ...(figures.unclosed > 0 && plan ? [unclosedText(figures.unclosed, plan.clients)] : []),
    ...(found ? [`The server ${describeFound(found)}.`] : []),
  ].join('\n')
}

function requestText(load: Load): string {
  if (!countsRequests(load)) return ''
  return `, ${grouped(meanRequestRate(load))} requests/s (${grouped(load.figures.requests)} answered)`
}

/** What the waiting for a close costs: five connections a second for each client are the most. */
function unclosedText(unclosed: number, clients: number): string {
  return `The server left ${grouped(unclosed)} connections open after its answer: each waited 200 ms for its close, so ${grouped(5 * clients)} connections/s are the most.`
}

/** Shows on a terminal, in one line that is written over, how far the load is; elsewhere nothing. */
export function loadProgress(out: NodeJS.WriteStream): (state: State) => void {
  if (!out.isTTY) return () => {}
  return ({ load, totals }) => {
    const running = (text: string) => out.write(load.phase === 'running' ? `\r\x1b[K${text}` : '\r\x1b[K')
    if (load.generator) return void running(`the load generator runs: ${grouped(totals.accepts)} accepted`)
    const total = load.plan?.duration ? '' : ` of ${grouped(plannedConnections(load))}`
    const counts = `${grouped(finishedConnections(load))}${total}`
    running(`${counts} connections`)
  }
}
