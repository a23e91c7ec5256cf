import { parseValue } from '../options/parse-value.ts'
import { optionTable } from '../options/table.ts'
import { grouped } from '../report/format.ts'
import type { Log } from '../state/log.ts'
import type { State } from '../state/state.ts'
import { stripControl } from '../state/strip-control.ts'
import { entries } from './entries.ts'
import type { KeyContext } from './key-table.ts'

export const panes = ['models', 'processes', 'events', 'client'] as const
export type Pane = (typeof panes)[number]

/** What the load is made of, in the order of the client pane. */
export const fields = ['clients', 'connections', 'bytes', 'rate', 'think'] as const
export type Field = (typeof fields)[number]

export const menuSignals = [
  'SIGTERM',
  'SIGINT',
  'SIGHUP',
  'SIGUSR1',
  'SIGUSR2',
  'SIGSTOP',
  'SIGCONT',
  'SIGKILL',
  'SIGCHLD',
  'SIGPIPE',
] as const

export type Question = { text: string; onYes: 'quit' | 'stop' | 'start' }

/** Charts that can be shown, in the order of their key. */
export const charts = ['accepts', 'rate', 'queue', 'latency', 'switches'] as const
export type ChartName = (typeof charts)[number]

/** What the user looks at: nothing of it is about the server. Changed by the functions below, which are pure. */
export type View = {
  pane: Pane
  /** Index of the chosen model or lab among the entries. */
  model: number
  /** The id of the selected row of the tree; null until there is one. */
  row: number | null
  /** Whether all threads have rows, not only those that serve. */
  allThreads: boolean
  /** The id of the selected event; null to follow the newest. */
  event: number | null
  /** Only events whose text holds this are shown. */
  filter: string
  /** The events as they were when the user stopped them; null while they go on. */
  pausedLog: Log | null
  /** What is drawn while everything stands still; null while it goes on. */
  frozen: State | null
  /** The number of the selected connection made by hand. */
  manualConnection: number | null
  chart: ChartName
  /** What a small terminal shows in the place of the events. */
  beside: 'events' | 'sockets' | 'chart'
  load: Record<Field, number>
  field: Field
  /** The text of the field while it is edited, and what is wrong with it. */
  editing: { text: string; error: string | null } | null
  overlay:
    | { kind: 'help' }
    | { kind: 'guide'; name: string; top: number }
    | { kind: 'signal'; index: number }
    | { kind: 'question'; question: Question }
    | { kind: 'filter'; before: string }
    /** Connections by hand; `text` is what is typed to the selected one, null while nothing is. */
    | { kind: 'manual'; text: string | null }
    | null
  /** Whether the mouse selects rows here, instead of text in the terminal. */
  mouse: boolean
  /** One sentence for the user, shown until the next key. */
  notice: string | null
}

export function initialView(model: string, load: Record<Field, number>): View {
  const index = Math.max(
    0,
    entries.findIndex(({ name }) => name === model),
  )
  return {
    pane: 'processes',
    model: index,
    row: null,
    allThreads: false,
    event: null,
    filter: '',
    pausedLog: null,
    frozen: null,
    manualConnection: null,
    chart: 'accepts',
    beside: 'events',
    load,
    field: 'clients',
    editing: null,
    overlay: null,
    mouse: false,
    notice: null,
  }
}

export function keyContext({ overlay, editing }: View): KeyContext {
  if (!overlay) return editing ? 'editing' : 'panes'
  if (overlay.kind === 'signal') return 'menu'
  if (overlay.kind === 'filter' || (overlay.kind === 'manual' && overlay.text !== null)) return 'typing'
  return overlay.kind
}

export function nextPane(view: View, step: 1 | -1): View {
  const index = (panes.indexOf(view.pane) + step + panes.length) % panes.length
  return { ...view, pane: panes[index]! }
}

/** Moves in the focused pane; `rows` and `events` are the ids of what it shows, in the order of the screen. */
export function move(view: View, step: number, rows: readonly number[], events: readonly number[]): View {
  switch (view.pane) {
    case 'models':
      return { ...view, model: clamp(view.model + step, entries.length) }
    case 'client':
      return { ...view, field: fields[clamp(fields.indexOf(view.field) + step, fields.length)]! }
    case 'events': {
      // One that is not listed any more is as none.
      const at = view.event === null ? -1 : events.indexOf(view.event)
      const from = at < 0 ? events.length - 1 : at
      const to = clamp(from + step, events.length)
      // At the newest one the pane follows those that come.
      return { ...view, event: to >= events.length - 1 && step > 0 ? null : (events[to] ?? null) }
    }
    case 'processes': {
      // Before anything is selected the first step down comes to the first row.
      const from = view.row === null ? -1 : rows.indexOf(view.row)
      return { ...view, row: rows[clamp(from + step, rows.length)] ?? null }
    }
  }
}

function clamp(index: number, length: number): number {
  return Math.max(0, Math.min(length - 1, index))
}

export function startEditing(view: View): View {
  return { ...view, pane: 'client', editing: { text: String(view.load[view.field]), error: null } }
}

/** A typed character: of a number only digits are taken. */
export function type(view: View, character: string): View {
  if (!view.editing || !/^[0-9]$/.test(character) || view.editing.text.length >= 9) return view
  return { ...view, editing: { text: view.editing.text + character, error: null } }
}

const LONGEST_LINE = 500

/** A character typed into the filter, or to a connection. */
export function typeText(view: View, character: string): View {
  const { overlay } = view
  if (stripControl(character) !== character) return view
  if (overlay?.kind === 'filter') return { ...view, filter: (view.filter + character).slice(0, LONGEST_LINE) }
  if (overlay?.kind !== 'manual' || overlay.text === null) return view
  return { ...view, overlay: { ...overlay, text: (overlay.text + character).slice(0, LONGEST_LINE) } }
}

/** Takes the last character away from what is typed. */
export function erase(view: View): View {
  const { overlay, editing } = view
  if (overlay?.kind === 'filter') return { ...view, filter: view.filter.slice(0, -1) }
  if (overlay?.kind === 'manual' && overlay.text !== null)
    return { ...view, overlay: { ...overlay, text: overlay.text.slice(0, -1) } }
  return editing ? { ...view, editing: { text: editing.text.slice(0, -1), error: null } } : view
}

/** Takes the edited number if it is allowed, else says what is, in few words. */
export function acceptField(view: View): View {
  if (!view.editing) return view
  try {
    const value = parseValue(view.field, view.editing.text) as number
    return { ...view, load: { ...view.load, [view.field]: value }, editing: null }
  } catch {
    const { from, to } = optionTable[view.field]
    return { ...view, editing: { ...view.editing, error: `${view.field}: ${from} to ${grouped(to)}` } }
  }
}

/** A small terminal has room for one chart in the place of the events; after the last come the events again. */
export function nextChart({ chart, beside }: View, isWide: boolean): Partial<View> {
  if (!isWide && beside !== 'chart') return { beside: 'chart', chart: charts[0] }
  if (!isWide && chart === charts.at(-1)) return { beside: 'events' }
  return { chart: charts[(charts.indexOf(chart) + 1) % charts.length]! }
}
