import { generatorFor } from '../../load/generator-plan.ts'
import { planFor } from '../../load/plan.ts'
import type { Options } from '../../options/table.ts'
import { loadListener, reachable } from '../../select/listening.ts'
import type { Session } from '../../session/session.ts'
import type { Target } from '../../session/target.ts'
import type { LoadPlan } from '../../state/event.ts'
import type { View } from '../view.ts'
import type { LoadControl } from './app.ts'
import type { HerdLab } from './herd-lab.ts'
import type { ViewStore } from './view-store.ts'

const LOCKED = 'The lab herd runs with a load of its own: x stops it.'
const FIXED = 'The load is the command given by --load: l starts and stops it.'

/** The load as the user has set it. */
export class SetLoad implements LoadControl {
  readonly #session: Session
  readonly #options: Options
  readonly #store: ViewStore
  readonly #herd: HerdLab
  readonly #target: () => Target

  constructor(session: Session, options: Options, store: ViewStore, herd: HerdLab, target: () => Target) {
    this.#session = session
    this.#options = options
    this.#store = store
    this.#herd = herd
    this.#target = target
  }

  get isRunning(): boolean {
    return this.#session.state.load.phase === 'running'
  }

  get locked(): string | null {
    return this.#herd.isRunning ? LOCKED : null
  }

  get fixed(): string | null {
    return this.locked ?? (this.#options.load === null ? null : FIXED)
  }

  start(): void {
    const plan = this.plan()
    if (!plan) return
    const { commands } = this.#session
    const { load, delay } = this.#options
    if (load === null) void commands.startLoad(plan, delay)
    else void commands.startGenerator(generatorFor(load, plan.host, plan.port))
  }

  stop(): void {
    void this.#session.commands.stopLoad()
  }

  follow(load: View['load']): void {
    const { plan } = this.#session.state.load
    if (this.isRunning && plan) this.#session.commands.changeLoad({ ...plan, ...load })
  }

  /** The load on the server that runs; null, and the user is told, when none listens. */
  plan(): LoadPlan | null {
    const target = this.#target()
    const { unix, host, port } = this.#options
    if (unix !== null) return planFor({ ...this.#options, ...this.#store.view.load }, host, port, target)
    const listener = loadListener(this.#session.state, target.port)
    if (listener)
      return planFor(
        { ...this.#options, ...this.#store.view.load },
        reachable(listener),
        listener.port,
        target,
      )
    this.#store.show({ notice: 'Nothing listens yet: start a server with ⏎ first.' })
    return null
  }
}
