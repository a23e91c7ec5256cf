/** Requests of which only the latest counts. */
export class Requests {
  #generation = 0

  /** Begins a request, and ends those before it. Returns whether this one is still the latest. */
  begin(): () => boolean {
    const generation = ++this.#generation
    return () => generation === this.#generation
  }
}
