import type { Options } from '../../options/table.ts'
import { readGuide } from '../../report/guide.ts'
import type { Attention, Session } from '../../session/session.ts'
import type { Target } from '../../session/target.ts'
import type { State } from '../../state/state.ts'
import type { MouseAction } from '../mouse.ts'
import { findPane, nextInFocus } from '../panes/table.ts'
import { type Scene, sceneOf } from '../scene.ts'
import { followed, shownRows } from '../selection.ts'
import type { Size } from '../size.ts'
import type { View } from '../view.ts'
import type { App, TerminalControl } from './app.ts'
import { attentionFor } from './attention.ts'
import { HerdLab } from './herd-lab.ts'
import { ManualConnections } from './manual-connections.ts'
import { point } from './point.ts'
import { press } from './press.ts'
import { SetLoad } from './set-load.ts'
import { ViewStore } from './view-store.ts'
import { WantedServer } from './wanted-server.ts'

type Parts = {
  session: Session
  target: Target
  view: View
  options: Options
  terminal: TerminalControl & { readonly size: Size }
}

/** Puts together what the screen is worked with: keys and mouse come in, the view and commands to the session go out. */
export class Controller implements App {
  readonly server: WantedServer
  readonly load: SetLoad
  readonly connections: ManualConnections
  readonly terminal: Parts['terminal']
  readonly #session: Session
  readonly #store: ViewStore
  #attention: Attention | null = null

  constructor({ session, target, view, options, terminal }: Parts) {
    this.#session = session
    this.terminal = terminal
    this.#store = new ViewStore(view)
    const herd = new HerdLab(session, options, this.#store)
    this.server = new WantedServer(session, target, options, this.#store, herd)
    this.load = new SetLoad(session, options, this.#store, herd, () => this.server.target)
    this.connections = new ManualConnections({
      session,
      store: this.#store,
      plan: () => this.load.plan(),
      // Our own services take a message as it is; what others read mostly ends with a newline.
      lineEnd: () => (this.server.target.model ? '' : '\n'),
    })
    this.#store.subscribe(() => this.#attend())
  }

  get view(): View {
    return this.#store.view
  }

  get live(): State {
    return this.#session.state
  }

  get scene(): Scene {
    return sceneOf(this.live, this.view, this.terminal.size)
  }

  readonly show = (change: Partial<View>): void => this.#store.show(change)

  readonly signal = (pid: number, signal: NodeJS.Signals): void => this.#session.commands.signal(pid, signal)

  readonly guide = (name: string): readonly string[] => readGuide(name) ?? [`There is no guide to ${name}.`]

  move(step: number): void {
    const { overlay, pane } = this.view
    this.show(findPane(overlay?.kind ?? pane)?.move?.(this.scene, step) ?? {})
  }

  focus(step: 1 | -1): void {
    this.show({ pane: nextInFocus(this.view.pane, step) })
  }

  press(key: string): void {
    press(this, key)
  }

  point(action: MouseAction): void {
    this.show(point(this.scene, action))
  }

  /** Goes along with what has changed by itself: rows that moved in the tree, or left it, and the terminal's size. */
  follow(): void {
    const { state } = this.scene
    const row = followed(shownRows(state, this.view), this.view.row)
    if (row !== this.view.row) this.show({ row })
    this.#attend()
  }

  /** Calls the function after each change of the view, until the returned function is called. */
  onView(changed: () => void): () => void {
    return this.#store.subscribe(changed)
  }

  /** Calls the function after each change of the state, until the returned function is called. */
  onState(changed: () => void): () => void {
    return this.#session.subscribe(changed)
  }

  #attend(): void {
    const wanted = attentionFor(this.scene)
    const { threads, sockets } = this.#attention ?? {}
    if (wanted.threads === threads && wanted.sockets === sockets) return
    this.#attention = wanted
    this.#session.commands.watch(wanted)
  }
}
