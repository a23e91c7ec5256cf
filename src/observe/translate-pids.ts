import type { Event, Instant, ThreadCounts } from '../state/event.ts'

/** The probe tells by which pid, or thread id, we know one whom it calls by another: see probe/name.c. */
export type Named = { type: 'named'; at: Instant; pid: number; outer: number }

/** Who was called by a pid, from when until when: it may be given to another process later. */
type Bearer = { outer: number; from: Instant; until: Instant }

/** More names than processes are told of between two readings; the oldest are forgotten. */
const MOST_NAMES = 200_000

/**
 * Turns the pids that a server in a pid namespace knows into ours. Who did not tell its name, such as a program without
 * the probe, is looked for in /proc while it lives; what was noted of one who is not found there is left out, and what
 * it counted goes to the sum of all whose thread is not known. While nobody has told a name, all pids are ours.
 */
export class PidTranslator {
  readonly #names = new Map<number, Bearer[]>()
  /** The pids of processes that are there, by what they are called in the innermost namespace. */
  readonly #lookAround: () => ReadonlyMap<number, number>
  #around: ReadonlyMap<number, number> | null = null
  #waiting: ThreadCounts[] = []

  constructor(lookAround: () => ReadonlyMap<number, number>) {
    this.#lookAround = lookAround
  }

  /** What was noted, with our pids, and the names that were told meanwhile. */
  events(noted: readonly Event[], names: readonly Named[]): Event[] {
    this.#around = null
    // First: a parent may tell of a child before that has told its name.
    for (const name of names) this.#learn(name)
    return noted.flatMap((event) => this.#translate(event) ?? [])
  }

  /** What was counted, with our pids. Who is not known yet may be at the next reading. */
  counts(changes: readonly ThreadCounts[]): ThreadCounts[] {
    if (this.#names.size === 0) return [...changes]
    const waited = this.#waiting
    this.#waiting = []
    return [
      ...waited.map((change) => this.#translateCounts(change) ?? { ...change, pid: 0, tid: 0 }),
      ...changes.flatMap((change) => {
        const translated = this.#translateCounts(change)
        if (!translated) this.#waiting.push(change)
        return translated ?? []
      }),
    ]
  }

  #learn({ pid, outer, at }: Named): void {
    const names = (this.#names.get(pid) ?? []).filter((name) => name.outer !== outer)
    this.#names.delete(pid)
    this.#names.set(pid, [...names.slice(-1), { outer, from: at, until: Infinity }])
    if (this.#names.size > MOST_NAMES) this.#names.delete(this.#names.keys().next().value!)
  }

  #translateCounts(change: ThreadCounts): ThreadCounts | null {
    if (change.pid === 0) return change
    const pid = this.#find(change.pid, change.born)
    if (pid === null) return null
    const tid = change.tid === change.pid ? pid : (this.#named(change.tid, change.born) ?? change.tid)
    return { ...change, pid, tid }
  }

  /** Null when one of those whom it is about is not known. */
  #translate(event: Event): Event | null {
    if (this.#names.size === 0) return event
    const { at } = event
    switch (event.type) {
      case 'forked':
      case 'probed': {
        const pid = this.#find(event.pid, at)
        return pid === null ? null : { ...event, pid, parent: this.#find(event.parent, at) ?? 0 }
      }
      case 'fork-failed':
      case 'exited':
      case 'signal-handled':
      case 'reset-armed': {
        const pid = this.#find(event.pid, at)
        return pid === null ? null : { ...event, pid }
      }
      case 'reaped': {
        const pid = this.#find(event.pid, at)
        const by = this.#find(event.by, at)
        for (const name of this.#names.get(event.pid) ?? []) if (name.outer === pid) name.until = at
        return pid === null || by === null ? null : { ...event, pid, by }
      }
      case 'signal-sent': {
        const from = event.from === 'you' ? event.from : this.#find(event.from, at)
        const to = this.#findReceiver(event.to, at)
        return from === null || to === null ? null : { ...event, from, to }
      }
      default:
        return event
    }
  }

  /** A process, a group as a negative number, or with 0 and -1 nobody in particular. Source: kill(2). */
  #findReceiver(to: number, at: Instant): number | null {
    if (to === 0 || to === -1) return to
    const leader = this.#find(Math.abs(to), at)
    return leader === null || to > 0 ? leader : -leader
  }

  #find(pid: number, at: Instant): number | null {
    const named = this.#named(pid, at)
    if (named !== null) return named
    this.#around ??= this.#lookAround()
    return this.#around.get(pid) ?? null
  }

  /** Whom that name meant then; a child of whom was told before it told its name is the first that bears it later. */
  #named(pid: number, at: Instant): number | null {
    const names = this.#names.get(pid) ?? []
    const name =
      names.findLast(({ from, until }) => from <= at && at <= until) ?? names.find(({ from }) => from > at)
    return name?.outer ?? null
  }
}
