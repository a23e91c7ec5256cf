import { awaitedSignal } from '../engine/awaited-signal.ts'
import type { Engine } from '../engine/engine.ts'
import { loadListener, reachable } from '../engine/listening.ts'
import { checkPort } from '../engine/refuse.ts'
import { labTarget, modelTarget, type Target } from '../engine/target.ts'
import { planFor } from '../load/plan.ts'
import type { Options } from '../options/table.ts'
import { shownTree } from '../state/shown-tree.ts'
import type { TreeRow } from '../state/tree.ts'
import { type Entry, entries } from './entries.ts'
import { type Action, actionOf } from './key-table.ts'
import { lastTop } from './overlays/guide.ts'
import {
  acceptField,
  erase,
  keyContext,
  menuSignals,
  move,
  nextPane,
  type Question,
  startEditing,
  type,
  type View,
} from './view-state.ts'

const PAGE = 10
const ALL = 1_000_000

/** Turns keys into changes of the view and orders to the engine. */
export class Controller {
  view: View
  /** The server that was started last. */
  target: Target
  readonly engine: Engine
  readonly #options: Options
  readonly #quit: () => void
  /** How often the user has asked to start or stop a server: only the last wish counts. */
  #wishes = 0
  /** Where in the tree the selected row was last. */
  #selectedAt = 0
  #changed: () => void = () => {}

  constructor(engine: Engine, target: Target, view: View, options: Options, quit: () => void) {
    this.engine = engine
    this.target = target
    this.view = view
    this.#options = options
    this.#quit = quit
  }

  /** Calls the function after each change of the view, until the returned function is called. */
  subscribe(changed: () => void): () => void {
    this.#changed = changed
    return () => {
      this.#changed = () => {}
    }
  }

  /** The rows of the process tree as they are shown now. */
  rows(): TreeRow[] {
    return shownTree(this.engine.state, this.view)
  }

  /** The selected row; when that has left the tree, the one that has come to its place. */
  selectedRow(): TreeRow | undefined {
    const rows = this.rows()
    const index = rows.findIndex(({ id }) => id === this.view.row)
    if (index >= 0) this.#selectedAt = index
    else if (this.view.row !== null)
      this.view = { ...this.view, row: rows[Math.min(this.#selectedAt, rows.length - 1)]?.id ?? null }
    return rows.find(({ id }) => id === this.view.row)
  }

  key(name: string): void {
    const before = this.view
    if (this.view.notice) this.#show({ notice: null })
    const action = actionOf(keyContext(this.view), name)
    if (action) this.#perform(action)
    else if (this.view.editing) this.view = type(this.view, name)
    else if (this.view.pane === 'client' && /^[0-9]$/.test(name) && !this.view.overlay) this.#typeOver(name)
    if (this.view !== before) this.#changed()
  }

  /** Starts the server anew, or reports in the view why that cannot be. */
  async start(target: Target): Promise<void> {
    const wish = ++this.#wishes
    try {
      this.target = target
      this.#watchThreads()
      await this.engine.stop()
      if (target.model) await checkPort(target.host, target.port!)
      // Meanwhile the user may have asked for something else.
      if (wish === this.#wishes) await this.engine.start(target)
    } catch (error) {
      this.#show({ notice: (error as Error).message })
      this.#changed()
    }
  }

  #show(change: Partial<View>): void {
    this.view = { ...this.view, ...change }
  }

  #perform(action: Action): void {
    const { overlay } = this.view
    switch (action) {
      case 'up':
        return this.#move(-1)
      case 'down':
        return this.#move(1)
      case 'page-up':
        return this.#move(-PAGE)
      case 'page-down':
        return this.#move(PAGE)
      case 'first':
        return this.#move(-ALL)
      case 'last':
        return this.#move(ALL)
      case 'next-pane':
        this.view = nextPane(this.view, 1)
        return
      case 'previous-pane':
        this.view = nextPane(this.view, -1)
        return
      case 'start':
        return this.view.pane === 'client' ? this.#edit() : this.#startChosen()
      case 'stop':
        return this.#stopServer()
      case 'load':
        return this.#toggleLoad()
      case 'signal':
        return this.#openSignals()
      case 'send-awaited':
        return this.#sendAwaited()
      case 'threads':
        return this.#toggleThreads()
      case 'edit-client':
        return this.#edit()
      case 'guide':
        return this.#openGuide()
      case 'help':
        return this.#show({ overlay: { kind: 'help' } })
      case 'quit':
        return this.#isLoading()
          ? this.#ask({ text: 'The load is running. Stop everything and quit?', onYes: 'quit' })
          : this.#quit()
      case 'quit-now':
        return this.#quit()
      case 'accept':
        if (overlay?.kind === 'signal') return this.#send(overlay.index)
        if (overlay) return this.#show({ overlay: null })
        this.view = acceptField(this.view)
        return
      case 'cancel':
        return this.#show({ overlay: null, editing: null })
      case 'erase':
        this.view = erase(this.view)
        return
      case 'yes':
        return this.#answer(overlay?.kind === 'question' ? overlay.question : null)
      case 'no':
        return this.#show({ overlay: null })
    }
  }

  #move(step: number): void {
    const { overlay } = this.view
    if (overlay?.kind === 'signal') {
      const index = (overlay.index + step + menuSignals.length) % menuSignals.length
      return this.#show({ overlay: { kind: 'signal', index } })
    }
    if (overlay?.kind === 'guide') {
      const top = Math.max(0, Math.min(lastTop(overlay.name), overlay.top + step))
      return this.#show({ overlay: { ...overlay, top } })
    }
    if (overlay) return
    const { state } = this.engine
    const ids = this.rows().map(({ id }) => id)
    this.view = move(this.view, step, ids, state.log.entries.length)
  }

  #edit(): void {
    if (this.#isLoading())
      return this.#show({
        pane: 'client',
        notice: 'The load is running: stop it with l before you change it.',
      })
    this.view = startEditing(this.view)
  }

  /** A digit on a chosen field begins a new number. */
  #typeOver(digit: string): void {
    this.#edit()
    if (this.view.editing) this.#show({ editing: { text: digit, error: null } })
  }

  #startChosen(): void {
    const target = this.#chosenTarget()
    const { phase, ending } = this.engine.state.server
    if (target.lab && !target.lab.run)
      return this.#show({
        notice: `${target.name} looks at four models one after the other: csdesign-tui lab ${target.name}`,
      })
    if (this.#isLoading())
      return this.#ask({ text: `The load is running. Stop it and start ${target.name}?`, onYes: 'start' })
    if (phase === 'running' && !ending && this.target.name === target.name)
      return this.#ask({ text: `${target.name} runs. Start it again?`, onYes: 'start' })
    void this.start(target)
  }

  /** Outside the models pane a server of the user's own stays the chosen one. */
  #chosenTarget(): Target {
    if (!this.target.model && !this.target.lab && this.view.pane !== 'models') return this.target
    const { model, lab } = this.#chosen()
    return model ? modelTarget(model, this.#options) : labTarget(lab, this.#options)
  }

  #chosen(): Entry {
    return entries[this.view.model]!
  }

  #stopServer(): void {
    const { phase, name } = this.engine.state.server
    if (phase === 'none' || phase === 'gone') {
      this.#wishes++ // one that is about to start is not wanted any more
      return this.#show({ notice: 'No server runs.' })
    }
    if (this.#isLoading())
      return this.#ask({ text: `The load is running. Stop it and ${name}?`, onYes: 'stop' })
    this.#stop()
  }

  #stop(): void {
    this.#wishes++
    void this.engine.stop()
  }

  #toggleLoad(): void {
    const { state } = this.engine
    if (this.#isLoading()) return void this.engine.stopLoad()
    const listener = loadListener(state, this.target.port)
    if (!listener) return this.#show({ notice: 'Nothing listens yet: start a server with ⏎ first.' })
    const options = { ...this.#options, ...this.view.load }
    this.engine.startLoad(planFor(options, reachable(listener), listener.port), options.delay)
  }

  /** In the models pane the guide to the chosen model, elsewhere to the one that runs. */
  #openGuide(): void {
    const isOwn = !this.target.model && !this.target.lab
    const name = this.view.pane === 'models' || isOwn ? this.#chosen().name : this.target.name
    this.#show({ overlay: { kind: 'guide', name, top: 0 } })
  }

  /** The signal that the lab waits for; null when it waits for none. */
  get awaitedSignal(): NodeJS.Signals | null {
    const { pid, ending } = this.engine.state.server
    return this.target.lab && pid !== null && !ending ? awaitedSignal(this.target.lab, this.#options) : null
  }

  #sendAwaited(): void {
    const { pid } = this.engine.state.server
    if (this.awaitedSignal && pid !== null) return this.engine.signal(pid, this.awaitedSignal)
    this.#show({ notice: 'No lab runs that waits for a signal; s sends any signal to the selected process.' })
  }

  #openSignals(): void {
    if (!this.selectedRow())
      return this.#show({ pane: 'processes', notice: 'Select a process with ↑ ↓ first.' })
    this.#show({ overlay: { kind: 'signal', index: 0 } })
  }

  #send(index: number): void {
    const row = this.selectedRow()
    if (row) this.engine.signal(row.process.pid, menuSignals[index]!)
    this.#show({ overlay: null })
  }

  #toggleThreads(): void {
    this.#show({ allThreads: !this.view.allThreads })
    this.#watchThreads()
  }

  /** Looking at threads costs time: only for models that serve with threads, or when asked for. */
  #watchThreads(): void {
    this.engine.withThreads = this.view.allThreads || this.target.model?.threads === true
  }

  #ask(question: Question): void {
    this.#show({ overlay: { kind: 'question', question } })
  }

  #answer(question: Question | null): void {
    this.#show({ overlay: null })
    if (question?.onYes === 'quit') this.#quit()
    if (question?.onYes === 'stop') this.#stop()
    if (question?.onYes === 'start') void this.start(this.#chosenTarget())
  }

  #isLoading(): boolean {
    return this.engine.state.load.phase === 'running'
  }
}
