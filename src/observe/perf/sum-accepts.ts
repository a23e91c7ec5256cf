import type { Instant } from '../../state/event.ts'
import type { ThreadAccepts } from './perf-event.ts'
import type { PerfRecord } from './read-records.ts'

/** Adds up what threads accepted since it was asked for last. */
export class AcceptSums {
  readonly #seesEmpty: boolean
  /** When the process that has a pid now was forked or found. */
  readonly #born = new Map<number, Instant>()
  readonly #sums = new Map<number, ThreadAccepts>()

  constructor(seesEmpty: boolean) {
    this.#seesEmpty = seesEmpty
  }

  /** A process was forked or found. */
  begin(pid: number, born: Instant): void {
    if (!this.#born.has(pid)) this.#born.set(pid, born)
  }

  /** It ended; take() was called before. Whoever has its pid next is another. */
  end(pid: number): void {
    this.#born.delete(pid)
  }

  add({ at, pid, a: tid, b: accepts, c: eagain }: PerfRecord): void {
    this.begin(pid, at)
    const born = this.#born.get(pid)!
    const before = this.#sums.get(tid)
    this.#sums.set(tid, {
      pid,
      tid,
      born,
      accepts: (before?.accepts ?? 0) + accepts,
      eagain: this.#seesEmpty ? (before?.eagain ?? 0) + eagain : null,
    })
  }

  take(): ThreadAccepts[] {
    const sums = [...this.#sums.values()]
    this.#sums.clear()
    return sums
  }
}
