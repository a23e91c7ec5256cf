import type { Event } from '../state/event.ts'
import { reduce } from '../state/reduce.ts'
import { initialState, type State } from '../state/state.ts'

type Listener<T> = (value: T) => void

/**
 * The state, and the events on their way into it. Events are collected and reduced together: one reduction and one
 * notification a beat, however many there are.
 */
export class Store {
  state: State = initialState
  #pending: Event[] = []
  readonly #states = new Set<Listener<State>>()
  readonly #events = new Set<Listener<readonly Event[]>>()

  add(events: readonly Event[]): void {
    for (const event of events) this.#pending.push(event)
  }

  /** Reduces what was added since the last call, in the order of its time, and tells who listens. */
  flush(): void {
    if (this.#pending.length === 0) return
    const events = this.#pending.sort((a, b) => a.at - b.at)
    this.#pending = []
    this.state = reduce(this.state, events)
    for (const listener of this.#events) listener(events)
    for (const listener of this.#states) listener(this.state)
  }

  onState(listener: Listener<State>): () => void {
    this.#states.add(listener)
    return () => this.#states.delete(listener)
  }

  onEvents(listener: Listener<readonly Event[]>): () => void {
    this.#events.add(listener)
    return () => this.#events.delete(listener)
  }
}
