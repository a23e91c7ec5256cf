import type { LoadPlan } from '../state/event.ts'
import type { Log } from '../state/log.ts'
import type { State } from '../state/state.ts'
import type { PaneId } from './panes/table.ts'
import type { Selection } from './selection.ts'

/** What the load is made of, in the order of the client pane. */
export const fields = ['clients', 'connections', 'bytes', 'rate', 'think'] as const
export type Field = (typeof fields)[number]

/** Charts that can be shown, in the order of their key. */
export const charts = ['accepts', 'rate', 'queue', 'latency', 'switches'] as const
export type ChartName = (typeof charts)[number]

/** The server that was asked for last: what the screen says of it. */
export type ShownTarget = {
  name: string
  summary: string
  kind: 'model' | 'lab' | 'command'
  /** Whether its threads are worth a look even when nobody has asked for them. */
  showsThreads: boolean
  /** The signal that a lab waits for; null when it waits for none. */
  awaits: NodeJS.Signals | null
  /** It ran already when we came, and is somebody's. */
  isAttached: boolean
}

export type Question = { text: string; onYes: 'quit' | 'stop' | 'start' | 'load' | 'signal' }

/** What lies over the panes, and has the keys as long as it does. */
export type Overlay =
  | { kind: 'help' }
  | { kind: 'guide'; name: string; lines: readonly string[]; top: number }
  | { kind: 'signals'; index: number }
  | { kind: 'question'; question: Question }
  | { kind: 'filter'; before: string }
  /** Manual connections; `text` is what is typed to the selected one, null while nothing is. */
  | { kind: 'manual'; text: string | null }

/** What the user looks at: plain data, and nothing of it is about what the server does. */
export type View = {
  target: ShownTarget
  /** The pane in focus. */
  pane: PaneId
  /** Index of the chosen model or lab among the entries. */
  model: number
  /** The selected row of the tree; null until there is one. */
  row: Selection | null
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
  /** The number of the selected manual connection. */
  manualConnection: number | null
  chart: ChartName
  /** What stands in the place of the events. */
  beside: 'events' | 'sockets' | 'chart'
  load: Pick<LoadPlan, Field>
  /** The load generator that stands in the place of our clients, as it was given; null when none was. */
  generator: string | null
  field: Field
  /** The text of the field while it is edited, and what is wrong with it. */
  editing: { text: string; error: string | null } | null
  overlay: Overlay | null
  /** Whether the mouse selects rows here, instead of text in the terminal. */
  mouse: boolean
  /** What the user has agreed to do to a server that is somebody's: asked for once. */
  agreed: readonly ('load' | 'signal')[]
  /** One sentence for the user, shown until the next key. */
  notice: string | null
}

export function initialView(
  given: Pick<View, 'target' | 'model' | 'load'> & Partial<Pick<View, 'generator'>>,
): View {
  return {
    generator: null,
    ...given,
    pane: 'processes',
    row: null,
    allThreads: false,
    event: null,
    filter: '',
    pausedLog: null,
    frozen: null,
    manualConnection: null,
    chart: 'accepts',
    beside: 'events',
    field: 'clients',
    editing: null,
    overlay: null,
    mouse: false,
    agreed: [],
    notice: null,
  }
}
