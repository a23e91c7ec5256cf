import { log } from './log.ts'
import { accept, failedWith, sleep, WOULD_BLOCK } from './posix/index.ts'

/** After so many milliseconds a server that had no descriptor left tries again. */
const PAUSE = 100

/**
 * Takes connections from a listener. At the limit of descriptors accept fails, and the client stays in the listener's
 * queue, which goes on being readable: who tried again at once would do nothing else. Source: accept(2), EMFILE.
 */
export class Acceptor {
  readonly listener: number
  /** When to try again, in milliseconds as performance.now() counts them; Infinity while there is no limit. */
  deadline = Infinity
  #isLogged = false

  constructor(listener: number) {
    this.listener = listener
  }

  /** Whether an event loop is to leave the listener alone for now. */
  get pauses(): boolean {
    if (this.deadline === Infinity) return false
    if (performance.now() < this.deadline) return true
    this.deadline = Infinity
    return false
  }

  /** Returns a connection, or WOULD_BLOCK when there is none or none can be taken: then it pauses. */
  tryAccept(): number {
    try {
      const connection = accept(this.listener)
      if (connection !== WOULD_BLOCK) this.#isLogged = false
      return connection
    } catch (error) {
      if (!failedWith(error, 'EMFILE', 'ENFILE', 'ENOBUFS', 'ENOMEM')) throw error
      if (!this.#isLogged) log(`clients wait: ${error.message}`)
      this.#isLogged = true
      this.deadline = performance.now() + PAUSE
      return WOULD_BLOCK
    }
  }

  /** Returns a connection, waiting for one, and at the limit until a descriptor is free. */
  accept(): number {
    for (;;) {
      const connection = this.tryAccept()
      if (connection !== WOULD_BLOCK) return connection
      sleep(PAUSE)
    }
  }
}
