import type { State } from '../../state/state.ts'
import type { Scene } from '../scene.ts'
import type { View } from '../view.ts'

/** What commands work with. It names nothing of Node, so that tables of commands can be shown anywhere. */
export type App = {
  readonly view: View
  /** What is shown now. */
  readonly scene: Scene
  /** The state as it is, also while the screen is frozen. */
  readonly live: State
  show(change: Partial<View>): void
  /** Moves so many lines down, or up, in what has the keys: an overlay, or the pane in focus. */
  move(step: number): void
  focus(step: 1 | -1): void
  readonly server: ServerControl
  readonly load: LoadControl
  readonly connections: ConnectionControl
  readonly terminal: TerminalControl
  signal(pid: number, signal: NodeJS.Signals): void
  /** The lines of the guide to a model or lab, or that there is none. */
  guide(name: string): readonly string[]
}

export type ServerControl = {
  /** The name of what `startChosen` starts. */
  readonly chosen: string
  /** Starts what is chosen in the models pane; outside that pane a command of the user's stays the chosen one. */
  startChosen(): void
  stop(): void
  /** A server that is about to start is not wanted any more. */
  cancelStart(): void
}

export type LoadControl = {
  readonly isRunning: boolean
  /** Why it is not the user's to start or stop; null when it is. */
  readonly locked: string | null
  /** Why its numbers are not the user's to set; null when they are. */
  readonly fixed: string | null
  /** Begins the load as it is set, on the server that runs. */
  start(): void
  stop(): void
  /** The numbers that the load goes by were set anew: a load that runs goes on by them. */
  follow(load: View['load']): void
}

/** Manual connections. All but the first two act on the selected one. */
export type ConnectionControl = {
  open(): void
  /** Begins a line to the selected connection; when none is open, to a new one. */
  beginLine(): void
  sendLine(text: string): void
  /** Half of the request of the load. */
  sendHalf(): void
  /** The whole request, or the other half of it. */
  sendRequest(): void
  toggleSlow(): void
  close(): void
  abort(): void
}

/** What only the terminal's owner can do. */
export type TerminalControl = {
  quit(): void
  setMouse(isReported: boolean): void
  /** Paints every row again. */
  redraw(): void
  /** Gives the terminal back to the shell until that continues us. Returns why it cannot; null when it could. */
  suspend(): string | null
}
