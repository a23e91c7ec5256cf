import { ASK_GENERATOR } from '../../report/generator-text.ts'
import { ratesOf } from '../../select/rates.ts'
import { fairShare, served, servers } from '../../select/serving.ts'
import { shownTree } from '../../select/shown-tree.ts'
import type { TreeRow } from '../../select/tree.ts'
import type { State } from '../../state/state.ts'
import { theme } from '../theme.ts'
import type { BarChart } from './bar-chart.ts'
import type { HistogramChart } from './histogram-chart.ts'
import type { LineChart } from './line-chart.ts'

type WithoutSize<Chart> = Omit<Chart, 'width' | 'height'>

const START = 'Enter starts a server'
const LOAD = 'l puts load on it'

/** Connections per second over the last minute: what the server accepted, what the load established. */
export function connectionsOverTime(state: State): WithoutSize<LineChart> {
  const rates = ratesOf(state.history)
  const hasLoad = state.history.some(({ established }) => established > 0)
  return {
    series: [
      {
        name: 'accepted',
        points: rates.map(({ at, accepts }) => ({ at, value: accepts })),
        style: theme.accepts,
      },
      ...(hasLoad
        ? [
            {
              name: 'established',
              points: rates.map(({ at, established }) => ({ at, value: established })),
              style: theme.received,
            },
          ]
        : []),
    ],
    unit: '/s',
    empty: `Connections per second: ${START}, ${LOAD}.`,
  }
}

/** Connections that waited to be accepted over the last minute. */
export function queueOverTime(state: State): WithoutSize<LineChart> {
  return {
    series: [
      {
        name: 'queued',
        points: state.history.map(({ at, queued }) => ({ at, value: queued })),
        style: theme.warning,
      },
    ],
    unit: '',
    empty: `Connections in the queue of the listener: ${START}.`,
  }
}

/** How many connections each process or thread served: of those that did, and of their living siblings. */
export function acceptsPerChild(state: State): WithoutSize<BarChart> {
  const rows = shownTree(state)
  const shown = servers(rows, state)
  const bars = shown.map((row) => ({
    label: labelOf(row, rows),
    value: served(row),
    style: row.counts.received > 0 ? theme.received : theme.accepts,
  }))
  const fair = fairShare(rows, state)
  return {
    bars,
    ...(fair !== null && { fair }),
    empty: `Connections of each child: ${START}, ${LOAD}.`,
  }
}

/** For each process that competes for connections two bars: how often it was switched to, and what it accepted. */
export function switchesPerChild(state: State): WithoutSize<BarChart> {
  const rows = shownTree(state).filter(
    ({ thread, depth, process }) => !thread && depth > 0 && !process.exited,
  )
  return {
    bars: rows.flatMap(({ role, process: { switches, counts } }) => [
      { label: role.replace('child ', ''), value: switches, style: theme.warning },
      { label: '', value: counts.accepts, style: theme.accepts },
    ]),
    empty: `How often each child is woken, beside what it accepts: ${START}, ${LOAD}.`,
  }
}

/** The number of the child, or of the thread among its process's, from 0. */
function labelOf(row: TreeRow, rows: readonly TreeRow[]): string {
  if (!row.thread) return row.role.replace('child ', '')
  return String(rows.filter(({ process, thread }) => thread && process === row.process).indexOf(row))
}

/** How long the connections of the load took, from connect to the last byte. */
export function latencyDistribution({ load }: State): WithoutSize<HistogramChart> {
  const { distribution, latency } = load.figures
  return {
    buckets: distribution,
    marks: [
      { label: 'p50', at: latency.p50 },
      { label: 'p99', at: latency.p99 },
      { label: 'max', at: latency.max },
    ],
    empty: load.generator
      ? `How long connections take only the load generator knows: ${ASK_GENERATOR}.`
      : `How long connections take: ${START}, ${LOAD}.`,
  }
}
