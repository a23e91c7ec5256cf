import { planFor } from '../load/plan.ts'
import type { Options } from '../options/table.ts'
import { loadListener, reachable } from '../select/listening.ts'
import { shownTree } from '../select/shown-tree.ts'
import type { TreeRow } from '../select/tree.ts'
import { awaitedSignal } from '../session/awaited-signal.ts'
import { checkTarget } from '../session/check-start.ts'
import { compareHerds } from '../session/compare-herds.ts'
import type { Session } from '../session/session.ts'
import { labTarget, modelTarget, type Target } from '../session/target.ts'
import type { LoadPlan } from '../state/event.ts'
import type { ManualConnection, State } from '../state/state.ts'
import { type Entry, entries } from './entries.ts'
import { hit } from './hit.ts'
import { toEvent, toProcess } from './jumps.ts'
import { type Action, actionOf } from './key-table.ts'
import { isWide } from './layout.ts'
import { ManualConnectionKeys } from './manual-connection-keys.ts'
import type { MouseAction } from './mouse.ts'
import { lastTop } from './overlays/guide.ts'
import type { Size } from './panes/size.ts'
import { selectAt } from './select-at.ts'
import { shownEvents } from './shown-events.ts'
import {
  acceptField,
  erase,
  fields,
  keyContext,
  menuSignals,
  move,
  nextChart,
  nextPane,
  type Question,
  startEditing,
  type,
  typeText,
  type View,
} from './view-state.ts'

const PAGE = 10
const HERDING = 'The lab herd runs with a load of its own: x stops it.'
const WHEEL_STEP = 3
const ALL = 1_000_000

/** What only the terminal's owner can do. */
type TerminalOrders = { quit(): void; setMouse(isReported: boolean): void }

/** Turns keys into changes of the view and commands to the session. */
export class Controller {
  view: View
  /** The server that was started last. */
  target: Target
  /** The wish by which that lab runs; null when it does not. */
  #herding: number | null = null
  readonly session: Session
  /** The size of the terminal, as it was drawn last. */
  size: Size = { width: 0, height: 0 }
  readonly #options: Options
  readonly #terminal: TerminalOrders
  /** How often the user has asked to start or stop a server: only the last wish counts. */
  #wishes = 0
  /** Where in the tree the selected row was last. */
  #selectedAt = 0
  #changed: () => void = () => {}
  readonly #manual: ManualConnectionKeys

  constructor(session: Session, target: Target, view: View, options: Options, terminal: TerminalOrders) {
    this.session = session
    this.target = target
    this.view = view
    this.#options = options
    this.#terminal = terminal
    this.#manual = new ManualConnectionKeys({
      connections: session.commands.connections,
      selected: () => this.#manualConnectionOf(this.session.state),
      plan: () => this.#plan(),
      // Our own services take a message as it is; what others read mostly ends with a newline.
      lineEnd: () => (this.target.model ? '' : '\n'),
      show: (change) => this.#show(change),
      changed: () => this.#changed(),
    })
  }

  /** Calls the function after each change of the view, until the returned function is called. */
  subscribe(changed: () => void): () => void {
    this.#changed = changed
    return () => {
      this.#changed = () => {}
    }
  }

  /** What is drawn: the state as it is, or as it was when the user froze it. */
  get state(): State {
    return this.view.frozen ?? this.session.state
  }

  /** The rows of the process tree as they are shown now. */
  rows(): TreeRow[] {
    return shownTree(this.state, this.view)
  }

  /** The selected connection made by hand, or else the latest. */
  get manualConnection(): ManualConnection | undefined {
    return this.#manualConnectionOf(this.state)
  }

  #manualConnectionOf({ manualConnections }: State): ManualConnection | undefined {
    return manualConnections.find(({ id }) => id === this.view.manualConnection) ?? manualConnections.at(-1)
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
    const character = name === 'space' ? ' ' : name
    if (action) this.#perform(action)
    else if (keyContext(this.view) === 'typing' && character.length === 1)
      this.view = typeText(this.view, character)
    else if (this.view.editing) this.view = type(this.view, name)
    else if (this.view.pane === 'client' && /^[0-9]$/.test(name) && !this.view.overlay) this.#typeOver(name)
    if (this.view !== before) this.#changed()
  }

  /** What the mouse does: the wheel moves in the pane below it, a click selects there. */
  mouse({ what, x, y }: MouseAction): void {
    const place = hit(this.size, x, y)
    if (!place || !this.view.mouse || this.view.overlay || this.view.editing) return
    this.#show({ pane: place.pane, notice: null })
    if (what === 'press') this.#show(selectAt(this, place.line))
    else this.#move(what === 'wheel-up' ? -WHEEL_STEP : WHEEL_STEP)
    this.#changed()
  }

  /** Starts the server anew, or reports in the view why that cannot be. */
  async start(target: Target): Promise<void> {
    const wish = ++this.#wishes
    if (target.lab && !target.lab.run) return this.#compareHerds(wish)
    try {
      this.#take(target)
      await this.session.commands.stop()
      await checkTarget(target)
      // Meanwhile the user may have asked for something else.
      if (wish === this.#wishes) await this.session.commands.start(target)
    } catch (error) {
      this.#show({ notice: (error as Error).message })
      this.#changed()
    }
  }

  #take(target: Target): void {
    this.target = target
    this.#watchThreads()
  }

  /** The lab that looks at four models in turn, each of which is seen meanwhile like any other server. */
  async #compareHerds(wish: number): Promise<void> {
    const isInterrupted = () => wish !== this.#wishes
    this.#show({ chart: 'switches' })
    this.#herding = wish
    try {
      const options = { ...this.#options, delay: 0 }
      await compareHerds(this.session, options, {
        begin: (target) => this.#take(target),
        isInterrupted,
      })
    } catch (error) {
      this.#show({ notice: (error as Error).message })
      this.#changed()
    } finally {
      if (this.#herding === wish) this.#herding = null
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
      case 'echo-line':
        this.#show({ frozen: null }) // what is done by hand is to be seen
        return this.#manual.beginLine()
      case 'manual-connections':
        return this.#show({ frozen: null, overlay: { kind: 'manual', text: null } })
      case 'manual-open':
        return void this.#manual.open()
      case 'manual-half':
        return this.#manual.sendHalf()
      case 'manual-request':
        return this.#manual.sendRequest()
      case 'manual-slow':
        return this.#manual.toggleSlow()
      case 'manual-close':
        return this.#manual.close()
      case 'manual-abort':
        return this.#manual.abort()
      case 'filter':
        return this.#show({
          pane: 'events',
          beside: 'events',
          overlay: { kind: 'filter', before: this.view.filter },
        })
      case 'all-events':
        return this.#show({ filter: '', pausedLog: null, event: null })
      case 'pause':
        return this.#show({ pausedLog: this.view.pausedLog ? null : this.state.log })
      case 'to-process':
        return this.#show(toProcess(this.state, this.view, this.rows()))
      case 'to-event':
        return this.#show(toEvent(this.state, this.view, this.selectedRow()))
      case 'freeze':
        return this.#show({ frozen: this.view.frozen ? null : this.session.state })
      case 'sockets':
        return this.#show({ beside: this.view.beside === 'sockets' ? 'events' : 'sockets' })
      case 'chart':
        return this.#show(nextChart(this.view, isWide(this.size)))
      case 'mouse':
        return this.#toggleMouse()
      case 'help':
        return this.#show({ overlay: { kind: 'help' } })
      case 'quit':
        return this.#isLoading()
          ? this.#ask({ text: 'The load is running. Stop everything and quit?', onYes: 'quit' })
          : this.#terminal.quit()
      case 'quit-now':
        return this.#terminal.quit()
      case 'accept':
        if (overlay?.kind === 'signal') return this.#send(overlay.index)
        if (overlay?.kind === 'manual') return this.#manual.sendLine(overlay.text ?? '')
        if (overlay) return this.#show({ overlay: null })
        return this.#acceptField()
      case 'cancel':
        if (overlay?.kind === 'filter') this.#show({ filter: overlay.before })
        if (overlay?.kind === 'manual' && overlay.text !== null)
          return this.#show({ overlay: { kind: 'manual', text: null } })
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
    if (overlay?.kind === 'manual') {
      const { manualConnections } = this.state
      const index = manualConnections.findIndex(({ id }) => id === this.manualConnection?.id) + step
      return this.#show({
        manualConnection:
          manualConnections[Math.max(0, Math.min(manualConnections.length - 1, index))]?.id ?? null,
      })
    }
    if (overlay) return
    if (this.view.editing) return this.#moveEditing(step)
    const rows = this.view.pane === 'processes' ? this.rows().map(({ id }) => id) : []
    const events = this.view.pane === 'events' ? shownEvents(this.state, this.view).map(({ id }) => id) : []
    this.view = move(this.view, step, rows, events)
  }

  #edit(): void {
    if (this.#isHerding) return this.#show({ pane: 'client', notice: HERDING })
    this.view = startEditing(this.view)
  }

  /** Takes the edited number, if it is allowed, and goes on with the field before or behind it. */
  #moveEditing(step: number): void {
    this.#acceptField()
    if (!this.view.editing) this.view = startEditing(move(this.view, step, [], []))
  }

  /** Takes the edited number; a load that runs goes on by it. */
  #acceptField(): void {
    const before = this.view.load
    this.view = acceptField(this.view)
    const { plan } = this.session.state.load
    const isChanged = fields.some((field) => this.view.load[field] !== before[field])
    if (!isChanged || !this.#isLoading() || !plan) return
    this.session.commands.changeLoad({ ...plan, ...this.view.load })
  }

  /** A digit on a chosen field begins a new number. */
  #typeOver(digit: string): void {
    this.#edit()
    if (this.view.editing) this.#show({ editing: { text: digit, error: null } })
  }

  #startChosen(): void {
    const target = this.#chosenTarget()
    const { phase, ending } = this.session.state.server
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
    const { phase, name } = this.session.state.server
    if (phase === 'none' || phase === 'gone') {
      this.#wishes++ // one that is about to start is not wanted any more
      return this.#show({ notice: 'No server runs.' })
    }
    if (this.#isLoading())
      return this.#ask({ text: `The load is running. Stop it and ${name}?`, onYes: 'stop' })
    if (this.session.state.manualConnections.some(({ ended }) => !ended))
      return this.#ask({ text: `Connections by hand are open. Close them and stop ${name}?`, onYes: 'stop' })
    this.#stop()
  }

  #stop(): void {
    this.#wishes++
    void this.session.commands.stop()
  }

  #toggleLoad(): void {
    if (this.#isHerding) return this.#show({ notice: HERDING })
    if (this.#isLoading()) return void this.session.commands.stopLoad()
    const plan = this.#plan()
    if (plan) this.session.commands.startLoad(plan, this.#options.delay)
  }

  /** The load as it is set, on the server that runs; null, with a notice, when none listens. */
  #plan(): LoadPlan | null {
    const listener = loadListener(this.session.state, this.target.port)
    if (listener)
      return planFor({ ...this.#options, ...this.view.load }, reachable(listener), listener.port, this.target)
    this.#show({ notice: 'Nothing listens yet: start a server with ⏎ first.' })
    return null
  }

  #toggleMouse(): void {
    const mouse = !this.view.mouse
    const notice = mouse
      ? 'The mouse selects rows here; w gives it back to the terminal, for selecting text.'
      : 'The mouse is the terminal’s again.'
    this.#terminal.setMouse(mouse)
    this.#show({ mouse, notice })
  }

  /** In the models pane the guide to the chosen model, elsewhere to the one that runs. */
  #openGuide(): void {
    const isOwn = !this.target.model && !this.target.lab
    const name = this.view.pane === 'models' || isOwn ? this.#chosen().name : this.target.name
    this.#show({ overlay: { kind: 'guide', name, top: 0 } })
  }

  /** The signal that the lab waits for; null when it waits for none. */
  get awaitedSignal(): NodeJS.Signals | null {
    const { pid, ending } = this.session.state.server
    return this.target.lab && pid !== null && !ending ? awaitedSignal(this.target.lab, this.#options) : null
  }

  #sendAwaited(): void {
    const { pid } = this.session.state.server
    if (this.awaitedSignal && pid !== null) return this.session.commands.signal(pid, this.awaitedSignal)
    this.#show({ notice: 'No lab runs that waits for a signal; s sends any signal to the selected process.' })
  }

  #openSignals(): void {
    if (!this.selectedRow())
      return this.#show({ pane: 'processes', notice: 'Select a process with ↑ ↓ first.' })
    this.#show({ overlay: { kind: 'signal', index: 0 } })
  }

  #send(index: number): void {
    const row = this.selectedRow()
    if (row) this.session.commands.signal(row.process.pid, menuSignals[index]!)
    this.#show({ overlay: null })
  }

  #toggleThreads(): void {
    this.#show({ allThreads: !this.view.allThreads })
    this.#watchThreads()
  }

  /** Looking at threads costs time: only for models that have some to show, or when asked for. */
  #watchThreads(): void {
    this.session.commands.watch({ threads: this.view.allThreads || this.target.model?.showsThreads === true })
  }

  #ask(question: Question): void {
    this.#show({ overlay: { kind: 'question', question } })
  }

  #answer(question: Question | null): void {
    this.#show({ overlay: null })
    if (question?.onYes === 'quit') this.#terminal.quit()
    if (question?.onYes === 'stop') this.#stop()
    if (question?.onYes === 'start') void this.start(this.#chosenTarget())
  }

  /** Whether the lab herd runs: its load is not the user's to change. */
  get #isHerding(): boolean {
    return this.#herding === this.#wishes
  }

  #isLoading(): boolean {
    return this.session.state.load.phase === 'running'
  }
}
