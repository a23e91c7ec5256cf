import { readFileSync } from 'node:fs'
import { setTimeout as sleep } from 'node:timers/promises'
import type { Screen } from './screen.ts'

/** Between two bytes that a terminal sends one by one, in milliseconds. Without a pause it would join them. */
const PAUSE = 5
/** Less than the pause after which an Escape is the key of that name. */
const LONGEST = 40
/** After so long the screen has made up its mind about what came last. */
const SETTLED = 100

/**
 * Types the pieces one after the other. Returns whether they were read as close together as a terminal sends them:
 * not when we, or the screen, were kept waiting for a processor meanwhile. Then an Escape may rightly be one.
 */
export async function typeInPieces(screen: Screen, pieces: Iterable<string>): Promise<boolean> {
  const before = keptWaiting(screen.pid)
  let [last, longest] = [performance.now(), 0]
  for (const piece of pieces) {
    screen.press(piece)
    await sleep(PAUSE)
    const now = performance.now()
    longest = Math.max(longest, now - last)
    last = now
  }
  await sleep(SETTLED)
  return longest + keptWaiting(screen.pid) - before < LONGEST
}

/** How long the process could have run and had no processor, in milliseconds. Source: proc(5), schedstat. */
function keptWaiting(pid: number): number {
  return Number(readFileSync(`/proc/${pid}/schedstat`, 'latin1').split(' ')[1]) / 1e6
}
