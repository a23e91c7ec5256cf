import { setTimeout as sleep } from 'node:timers/promises'
import { isTooLate } from './calibration.ts'

/**
 * Waits for what should come about, and returns it: the first answer that is neither false nor null. The limit is in
 * milliseconds of a quick machine; a slower one gets longer.
 */
export async function until<T>(
  look: () => T | false | null | undefined,
  what: string,
  limit = 20_000,
): Promise<T> {
  for (const from = performance.now(); ; await sleep(5)) {
    // Asked for before the look, which then is one more.
    const isLast = isTooLate(from, limit)
    const found = look()
    if (found !== false && found !== null && found !== undefined) return found
    if (isLast) throw new Error(`${what} did not come about in ${Math.round(performance.now() - from)} ms`)
  }
}

/** Waits for what should be done within so many milliseconds of a quick machine, and returns its result. */
export async function within<T>(limit: number, work: PromiseLike<T>, what: string): Promise<T> {
  let done = false
  const finish = () => {
    done = true
  }
  work.then(finish, finish)
  await until(() => done, what, limit)
  return work
}
