import { parseValue } from '../options/parse-value.ts'
import { optionTable } from '../options/table.ts'
import { grouped } from '../report/format.ts'
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

/** What the user looks at: nothing of it is about the server. Changed by the functions below, which are pure. */
export type View = {
  pane: Pane
  /** Index of the chosen model or lab among the entries. */
  model: number
  /** The id of the selected row of the tree; null until there is one. */
  row: number | null
  /** Whether all threads have rows, not only those that serve. */
  allThreads: boolean
  /** How many lines the events are scrolled back. */
  back: number
  load: Record<Field, number>
  field: Field
  /** The text of the field while it is edited, and what is wrong with it. */
  editing: { text: string; error: string | null } | null
  overlay:
    | { kind: 'help' }
    | { kind: 'guide'; name: string; top: number }
    | { kind: 'signal'; index: number }
    | { kind: 'question'; question: Question }
    | null
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
    back: 0,
    load,
    field: 'clients',
    editing: null,
    overlay: null,
    notice: null,
  }
}

export function keyContext(view: View): KeyContext {
  if (view.overlay?.kind === 'question') return 'question'
  if (view.overlay) return view.overlay.kind === 'signal' ? 'menu' : view.overlay.kind
  return view.editing ? 'editing' : 'panes'
}

export function nextPane(view: View, step: 1 | -1): View {
  const index = (panes.indexOf(view.pane) + step + panes.length) % panes.length
  return { ...view, pane: panes[index]! }
}

/** Moves in the focused pane; `ids` are the rows of the tree in the order of the screen, `events` the number of events. */
export function move(view: View, step: number, ids: readonly number[], events: number): View {
  switch (view.pane) {
    case 'models':
      return { ...view, model: clamp(view.model + step, entries.length) }
    case 'client':
      return { ...view, field: fields[clamp(fields.indexOf(view.field) + step, fields.length)]! }
    case 'events':
      return { ...view, back: clamp(view.back - step, events) }
    case 'processes': {
      // Before anything is selected the first step down comes to the first row.
      const from = view.row === null ? -1 : ids.indexOf(view.row)
      return { ...view, row: ids[clamp(from + step, ids.length)] ?? null }
    }
  }
}

function clamp(index: number, length: number): number {
  return Math.max(0, Math.min(length - 1, index))
}

export function startEditing(view: View): View {
  return { ...view, pane: 'client', editing: { text: String(view.load[view.field]), error: null } }
}

/** A typed character: digits are added, the rest is passed over. */
export function type(view: View, character: string): View {
  if (!view.editing || !/^[0-9]$/.test(character) || view.editing.text.length >= 9) return view
  return { ...view, editing: { text: view.editing.text + character, error: null } }
}

export function erase(view: View): View {
  return view.editing ? { ...view, editing: { text: view.editing.text.slice(0, -1), error: null } } : view
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
