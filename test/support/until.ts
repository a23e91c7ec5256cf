import { setTimeout as sleep } from 'node:timers/promises'

/** Waits for what should come about, and returns it: the first answer that is neither false nor null. */
export async function until<T>(
  look: () => T | false | null | undefined,
  what: string,
  limit = 20_000,
): Promise<T> {
  for (const end = performance.now() + limit; ; await sleep(2)) {
    const found = look()
    if (found !== false && found !== null && found !== undefined) return found
    if (performance.now() > end) throw new Error(`${what} did not come about`)
  }
}
