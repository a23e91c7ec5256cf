import type { State } from '../../state/state.ts'
import { box } from '../box.ts'
import { barChart } from '../charts/bar-chart.ts'
import { histogramChart } from '../charts/histogram-chart.ts'
import { lineChart } from '../charts/line-chart.ts'
import {
  acceptsPerChild,
  connectionsOverTime,
  latencyDistribution,
  queueOverTime,
  switchesPerChild,
} from '../charts/state-charts.ts'
import type { Size } from '../size.ts'
import type { ChartName } from '../view.ts'
import type { Pane } from './pane.ts'

type Chart = { title: string; draw: (state: State, size: Size) => string[] }

const drawn: Record<ChartName, Chart> = {
  accepts: {
    title: 'ACCEPTS PER CHILD',
    draw: (state, size) => barChart({ ...acceptsPerChild(state), ...size }),
  },
  rate: {
    title: 'CONNECTIONS / S',
    draw: (state, size) => lineChart({ ...connectionsOverTime(state), ...size }),
  },
  queue: { title: 'ACCEPT QUEUE', draw: (state, size) => lineChart({ ...queueOverTime(state), ...size }) },
  latency: {
    title: 'LATENCY',
    draw: (state, size) => histogramChart({ ...latencyDistribution(state), ...size }),
  },
  switches: {
    title: 'SWITCHES AGAINST ACCEPTS',
    draw: (state, size) => barChart({ ...switchesPerChild(state), ...size }),
  },
}

/** The chosen chart: where there is no place of its own, in that of the events. */
export const chartPane: Pane<'chart'> = {
  id: 'chart',
  place: ({ middle, lowerLeft }, { beside }) => middle?.right ?? (beside === 'chart' ? lowerLeft : null),
  draw({ state, view }, { width, height }) {
    const { title, draw } = drawn[view.chart]
    const lines = draw(state, { width: width - 4, height: height - 2 })
    return box({ title, right: 'v shows another', width, height, focused: false, lines })
  },
}
