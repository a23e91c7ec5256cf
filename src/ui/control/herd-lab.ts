import type { Options } from '../../options/table.ts'
import { compareHerds } from '../../session/compare-herds.ts'
import type { Session } from '../../session/session.ts'
import type { Target } from '../../session/target.ts'
import type { ViewStore } from './view-store.ts'

/** The lab `herd`, which looks at four models in turn; each is seen meanwhile like any other server. */
export class HerdLab {
  readonly #session: Session
  readonly #options: Options
  readonly #store: ViewStore
  #isWanted: () => boolean = () => false

  constructor(session: Session, options: Options, store: ViewStore) {
    this.#session = session
    this.#options = options
    this.#store = store
  }

  get isRunning(): boolean {
    return this.#isWanted()
  }

  /** Runs as long as it is wanted; each of its servers is told to `begin`. Rejects when one cannot be started. */
  async run(isWanted: () => boolean, begin: (target: Target) => void): Promise<void> {
    this.#store.show({ chart: 'switches' })
    this.#isWanted = isWanted
    try {
      const options = { ...this.#options, delay: 0 }
      await compareHerds(this.#session, options, { begin, isInterrupted: () => !isWanted() })
    } finally {
      if (this.#isWanted === isWanted) this.#isWanted = () => false
    }
  }
}
