import type { Options } from '../../options/table.ts'
import { checkTarget } from '../../session/check-start.ts'
import type { Session } from '../../session/session.ts'
import { labTarget, modelTarget, type Target } from '../../session/target.ts'
import { entries } from '../entries.ts'
import type { ServerControl } from './app.ts'
import type { HerdLab } from './herd-lab.ts'
import { Requests } from './requests.ts'
import { shownTarget } from './shown-target.ts'
import type { ViewStore } from './view-store.ts'

/** Which server is wanted: the user may change their mind while one is still being stopped or started. */
export class WantedServer implements ServerControl {
  /** The server that was asked for last. */
  target: Target
  readonly #session: Session
  readonly #options: Options
  readonly #store: ViewStore
  readonly #herd: HerdLab
  readonly #requests = new Requests()

  constructor(session: Session, target: Target, options: Options, store: ViewStore, herd: HerdLab) {
    this.#session = session
    this.target = target
    this.#options = options
    this.#store = store
    this.#herd = herd
  }

  get chosen(): string {
    return this.#chosenTarget().name
  }

  startChosen(): void {
    void this.start(this.#chosenTarget())
  }

  stop(): void {
    this.cancelStart()
    void this.#session.commands.stop()
  }

  cancelStart(): void {
    this.#requests.begin()
  }

  /** Starts the server anew, or tells the user why that cannot be. Does not reject. */
  async start(target: Target): Promise<void> {
    const isWanted = this.#requests.begin()
    try {
      if (target.lab?.isComparison) await this.#herd.run(isWanted, (next) => this.#take(next))
      else await this.#startOne(target, isWanted)
    } catch (error) {
      this.#store.show({ notice: (error as Error).message })
    }
  }

  async #startOne(target: Target, isWanted: () => boolean): Promise<void> {
    this.#take(target)
    await this.#session.commands.stop()
    await checkTarget(target)
    // Meanwhile the user may have asked for something else.
    if (isWanted()) await this.#session.commands.start(target)
  }

  #take(target: Target): void {
    this.target = target
    this.#store.show({ target: shownTarget(target, this.#options) })
  }

  #chosenTarget(): Target {
    const { target } = this
    const { pane, model: index } = this.#store.view
    if (!target.model && !target.lab && pane !== 'models') return target
    const { model, lab } = entries[index]!
    return model ? modelTarget(model, this.#options) : labTarget(lab, this.#options)
  }
}
