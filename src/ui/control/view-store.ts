import type { View } from '../view.ts'

/** The view, and who wants to know when it changes. */
export class ViewStore {
  #view: View
  readonly #listeners = new Set<() => void>()

  constructor(view: View) {
    this.#view = view
  }

  get view(): View {
    return this.#view
  }

  readonly show = (change: Partial<View>): void => {
    this.#view = { ...this.#view, ...change }
    for (const listener of this.#listeners) listener()
  }

  /** Calls the function after each change, until the returned function is called. */
  subscribe(listener: () => void): () => void {
    this.#listeners.add(listener)
    return () => this.#listeners.delete(listener)
  }
}
