import { firstRequest } from '../load/protocols/index.ts'
import type { ManualConnectionCommands } from '../session/session.ts'
import type { LoadPlan } from '../state/event.ts'
import type { ManualConnection } from '../state/state.ts'
import type { View } from './view-state.ts'

/** What the keys for connections by hand need of the controller. */
type Around = {
  connections: ManualConnectionCommands
  /** The selected connection. */
  selected(): ManualConnection | undefined
  /** The load as it is set, for its address and its request; null, and the user is told, when nothing listens. */
  plan(): LoadPlan | null
  /** What is put behind a line that was typed. */
  lineEnd(): string
  show(change: Partial<View>): void
  changed(): void
}

/** The actions of the keys for connections by hand. */
export class ManualConnectionKeys {
  readonly #around: Around

  constructor(around: Around) {
    this.#around = around
  }

  async open(): Promise<void> {
    const { connections, plan, show, changed } = this.#around
    const target = plan()
    if (!target) return
    try {
      show({ manualConnection: await connections.open(target.host, target.port) })
    } catch (error) {
      show({ notice: `No connection: ${(error as Error).message}` })
    }
    changed()
  }

  /** A line is typed to the selected connection; when none is open, to a new one. */
  beginLine(): void {
    const { selected, plan, show } = this.#around
    const isOpen = selected()?.ended === null
    if (!isOpen && !plan()) return
    show({ overlay: { kind: 'manual', text: '' } })
    if (!isOpen) void this.open()
  }

  sendLine(text: string): void {
    const { connections, lineEnd, show } = this.#around
    show({ overlay: { kind: 'manual', text: '' } })
    const line = text + lineEnd()
    if (line !== '') this.#withSelected(({ id }) => connections.send(id, line))
  }

  sendHalf(): void {
    this.#withSelected(({ id }) => this.#around.connections.send(id, this.#halves()[0]))
  }

  /** The whole request, or the other half of it. */
  sendRequest(): void {
    const [first, second] = this.#halves()
    this.#withSelected(({ id, lastSent }) =>
      this.#around.connections.send(id, lastSent === first ? second : first + second),
    )
  }

  toggleSlow(): void {
    this.#withSelected(({ id, slowly }) => this.#around.connections.read(id, !slowly))
  }

  close(): void {
    this.#withSelected(({ id }) => this.#around.connections.close(id))
  }

  abort(): void {
    this.#withSelected(({ id }) => this.#around.connections.abort(id))
  }

  #withSelected(use: (connection: ManualConnection) => void): void {
    const connection = this.#around.selected()
    if (connection && !connection.ended) return use(connection)
    this.#around.show({ notice: 'No connection is open: o opens one.' })
  }

  /** The request of the load, in two parts. */
  #halves(): [string, string] {
    const plan = this.#around.plan()
    const request = plan ? Buffer.from(firstRequest(plan)).toString() : ''
    const middle = Math.ceil(request.length / 2)
    return [request.slice(0, middle), request.slice(middle)]
  }
}
