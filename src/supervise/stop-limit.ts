import { monotonic } from '../clock.ts'
import type { Duration, Instant } from '../state/event.ts'

/** Who has to be killed is gone at once. So long after that nothing may be heard, and so long it may take altogether. */
const SILENCE: Duration = 3_000
const MOST: Duration = 15_000

/** The limit for a launcher that was told to stop its server: it may have been stopped itself. */
export class StopLimit {
  readonly #giveUp: () => void
  #heardAt: Instant = 0
  #timer: NodeJS.Timeout | null = null

  /** `giveUp` is called once, when the launcher does not do what it was told. */
  constructor(giveUp: () => void) {
    this.#giveUp = giveUp
  }

  /** The launcher has reported something: it is at work. */
  hear(): void {
    this.#heardAt = monotonic()
  }

  /** SIGKILL is due at that moment. */
  begin(killAt: Instant): void {
    if (this.#timer) clearTimeout(this.#timer)
    const wait = () => {
      const now = monotonic()
      const limit = Math.min(killAt + MOST, Math.max(killAt, this.#heardAt) + SILENCE)
      if (now >= limit) this.#giveUp()
      else this.#timer = setTimeout(wait, limit - now)
    }
    wait()
  }

  end(): void {
    if (this.#timer) clearTimeout(this.#timer)
  }
}
