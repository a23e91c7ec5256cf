import { monotonic } from '../clock.ts'
import { PerfSource } from '../observe/perf/perf-source.ts'
import { toEvents } from '../observe/perf/to-events.ts'
import type { Duration, Event } from '../state/event.ts'

/** How long what perf has seen already may take to come; it is there at once unless its reader is stopped. */
const SETTLE: Duration = 500

/** Watches a server by perf where that is permitted, and says once why it is not. */
export class PerfWatch {
  readonly #emit: (events: Event[]) => void
  #source: PerfSource | null = null

  constructor(emit: (events: Event[]) => void) {
    this.#emit = emit
  }

  /**
   * From when this resolves, all that the descendants of the process do is told, and what itself does if it is one of
   * the server's and not our launcher. Does not reject.
   */
  async begin(pid: number, { includesRoot }: { includesRoot: boolean }): Promise<void> {
    const ours = includesRoot ? null : pid
    try {
      this.#source = await PerfSource.start({
        emit: (events) => this.#emit(events.flatMap((event) => toEvents(event, ours))),
      })
      if (this.#source.scope !== 'system' || !this.#source.sees.accepts)
        throw new Error(this.#source.reason ?? 'perf does not see who accepts.')
      await this.#source.add(pid)
      this.#tell(null)
    } catch (error) {
      this.#tell((error as Error).message)
      await this.end()
    }
  }

  /** Resolves when what was seen up to now is told. Does not reject. */
  async settle(): Promise<void> {
    const source = this.#source
    if (!source) return
    const limit = new Promise<void>((resolve) => setTimeout(resolve, SETTLE).unref())
    await Promise.race([source.settle().catch(() => {}), limit])
    if (source.inexact) this.#tell(source.inexact)
  }

  async end(): Promise<void> {
    const source = this.#source
    this.#source = null
    await source?.stop()
  }

  #tell(failure: string | null): void {
    this.#emit([{ type: 'source', at: monotonic(), source: 'perf', failure }])
  }
}
