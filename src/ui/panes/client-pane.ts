import { failureList, grouped, percentiles } from '../../report/format.ts'
import {
  countsRequests,
  finishedConnections,
  isLoadComplete,
  loadShare,
  meanRate,
  meanRequestRate,
  momentaryRate,
  momentaryRequestRate,
  plannedConnections,
  timeLeft,
} from '../../select/load.ts'
import { failureCount } from '../../state/counts.ts'
import type { Latency, LoadFigures } from '../../state/event.ts'
import type { Load, State } from '../../state/state.ts'
import { box } from '../box.ts'
import { clamp } from '../clamp.ts'
import { alignLeft, bar, clock, cut, flow } from '../text.ts'
import { theme } from '../theme.ts'
import { type Field, fields, type View } from '../view.ts'
import { generatorLines } from './generator-lines.ts'
import type { Pane } from './pane.ts'

/** The load: what it is made of, each number editable, and how it goes. */
export const clientPane: Pane<'client'> = {
  id: 'client',
  takesFocus: true,
  place: ({ lowerRight }) => lowerRight,
  draw({ state, view }, { width, height }) {
    const { load } = state
    const inside = width - 4
    // The lab herd has clients of ours all the same.
    if (view.generator !== null && load.plan === null)
      return box({
        title: 'CLIENT',
        right: status(load),
        width,
        height,
        focused: view.pane === 'client',
        lines: generatorLines(state, view.generator, inside, height - 2),
      })
    return box({
      title: 'CLIENT',
      right: status(load),
      bottom: view.editing?.error ? theme.bad(view.editing.error) : bottomText(load, view),
      width,
      height,
      focused: view.pane === 'client',
      lines: [
        ...flow(
          fields.map((field) => fieldText(view, field)),
          inside,
        ),
        ...(load.phase === 'idle'
          ? ['', cut('l starts the load, c edits it.', inside)]
          : progress(state, inside)),
      ],
    })
  },
  move: ({ view }, step) => ({ field: fields[clamp(fields.indexOf(view.field) + step, fields.length)]! }),
}

function bottomText({ phase, plan, found }: Load, view: View): string {
  const speaks = found?.version ? `speaks ${found.version} ` : ''
  if (phase !== 'idle' && plan && plan.duration !== null) return `${speaks}for ${plan.duration / 1000} s`
  return `${speaks}total ${grouped(view.load.clients * view.load.connections)} connections`
}

function status(load: Load): string {
  const { phase, stopped, error, generator } = load
  if (phase === 'idle') return ''
  if (phase === 'running') return theme.good('● running')
  const isBad = error || (generator && !stopped && !isLoadComplete(load))
  return isBad ? theme.bad('✗ failed') : stopped ? '■ stopped' : '✓ done'
}

function fieldText(view: View, field: Field): string {
  const isChosen = view.pane === 'client' && view.field === field
  if (isChosen && view.editing) return `${field} ${theme.selected(`${view.editing.text}▏`)}`
  const value = valueText(field, view.load[field])
  return `${field} ${isChosen ? theme.selected(value) : theme.bold(value)}`
}

function valueText(field: Field, value: number): string {
  if (field === 'rate') return value === 0 ? 'max' : `${grouped(value)}/s`
  return field === 'think' ? `${grouped(value)} ms` : grouped(value)
}

function progress({ load, now }: State, columns: number): string[] {
  const { figures, error } = load
  const failed = failureCount(figures.failed)
  const done = finishedConnections(load)
  const left = timeLeft(load, now)
  const counts = load.plan?.duration
    ? grouped(done)
    : `${grouped(done)} / ${grouped(plannedConnections(load))}`
  const barWidth = Math.max(4, columns - counts.length - 2)
  const time =
    load.phase === 'running'
      ? `${clock(now - load.startedAt)}${left === null ? '' : `, ${clock(left)} left`}`
      : `in ${(figures.elapsed / 1000).toFixed(2)} s`
  return [
    `${theme.good(bar(loadShare(load, now), barWidth))}  ${counts}`,
    cut(`${alignLeft(rateText(load), 22)} ${time}`, columns),
    ...latencyLines(figures, columns),
    error
      ? theme.bad(cut(error, columns))
      : failed > 0
        ? theme.bad(cut(`failed ${grouped(failed)}: ${failureList(figures.failed)}`, columns))
        : theme.dim('no failures'),
    ...answerLines(load, columns),
  ]
}

function rateText(load: Load): string {
  const isRunning = load.phase === 'running'
  return countsRequests(load)
    ? `${grouped(isRunning ? momentaryRequestRate(load) : meanRequestRate(load))} requests/s`
    : `${grouped(isRunning ? momentaryRate(load) : meanRate(load))} connections/s`
}

/** Statuses, what was sent again, and what a server costs that does not close. */
function answerLines({ figures, plan }: Load, columns: number): string[] {
  const { statuses, retried, unclosed } = figures
  const list = failureList(statuses)
  const again = retried > 0 ? `${grouped(retried)} sent again` : ''
  const most = plan && plan.clients * 5
  return [
    ...(list || again ? [cut([list && `status ${list}`, again].filter(Boolean).join('  '), columns)] : []),
    ...(unclosed > 0 && most
      ? [theme.bad(cut(`the server leaves open: 200 ms each, ${grouped(most)}/s at most`, columns))]
      : []),
  ]
}

/** With a rate two lines: what the client felt since its turn was due, and how long the server took for it. */
function latencyLines({ latency, service }: LoadFigures, columns: number): string[] {
  if (!service) return [cut(`ms: ${measured(latency)}`, columns)]
  return [
    cut(`response ms: ${measured(latency)}`, columns),
    theme.dim(cut(` service ms: ${measured(service)}`, columns)),
  ]
}

function measured(latency: Latency): string {
  return latency.max === 0 ? 'no answer yet' : percentiles(latency)
}
