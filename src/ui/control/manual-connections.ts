import { firstRequest } from '../../load/protocols/index.ts'
import type { Session } from '../../session/session.ts'
import type { LoadPlan } from '../../state/event.ts'
import type { ManualConnection } from '../../state/state.ts'
import { selectedConnection } from '../selection.ts'
import type { ConnectionControl } from './app.ts'
import type { ViewStore } from './view-store.ts'

type Around = {
  session: Session
  store: ViewStore
  /** The load as it is set, for its address and its request; null, and the user is told, when nothing listens. */
  plan(): LoadPlan | null
  /** What is put behind a line that was typed. */
  lineEnd(): string
}

/** The manual connections: those that the user makes. */
export class ManualConnections implements ConnectionControl {
  readonly #around: Around

  constructor(around: Around) {
    this.#around = around
  }

  open(): void {
    const target = this.#around.plan()
    if (target) void this.#open(target)
  }

  beginLine(): void {
    const isOpen = this.#selected()?.ended === null
    const target = isOpen ? null : this.#around.plan()
    if (!isOpen && !target) return
    this.#around.store.show({ overlay: { kind: 'manual', text: '' } })
    if (target) void this.#open(target)
  }

  sendLine(text: string): void {
    this.#around.store.show({ overlay: { kind: 'manual', text: '' } })
    const line = text + this.#around.lineEnd()
    if (line !== '') this.#withSelected(({ id }) => this.#commands.send(id, line))
  }

  sendHalf(): void {
    this.#withSelected(({ id }) => this.#commands.send(id, this.#halves()[0]))
  }

  sendRequest(): void {
    const [first, second] = this.#halves()
    this.#withSelected(({ id, lastSent }) =>
      this.#commands.send(id, lastSent === first ? second : first + second),
    )
  }

  toggleSlow(): void {
    this.#withSelected(({ id, slowly }) => this.#commands.read(id, !slowly))
  }

  close(): void {
    this.#withSelected(({ id }) => this.#commands.close(id))
  }

  abort(): void {
    this.#withSelected(({ id }) => this.#commands.abort(id))
  }

  get #commands() {
    return this.#around.session.commands.connections
  }

  async #open({ host, port }: LoadPlan): Promise<void> {
    const { show } = this.#around.store
    try {
      show({ manualConnection: await this.#commands.open(host, port) })
    } catch (error) {
      show({ notice: `No connection: ${(error as Error).message}` })
    }
  }

  #selected(): ManualConnection | undefined {
    return selectedConnection(this.#around.session.state, this.#around.store.view)
  }

  #withSelected(use: (connection: ManualConnection) => void): void {
    const connection = this.#selected()
    if (connection && !connection.ended) return use(connection)
    this.#around.store.show({ notice: 'No connection is open: o opens one.' })
  }

  /** The request of the load, in two parts. */
  #halves(): [string, string] {
    const plan = this.#around.plan()
    const request = plan ? Buffer.from(firstRequest(plan)).toString() : ''
    const middle = Math.ceil(request.length / 2)
    return [request.slice(0, middle), request.slice(middle)]
  }
}
