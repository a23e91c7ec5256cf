import { setTimeout as pause } from 'node:timers/promises'
import type { Terminal } from '../processes/terminal.ts'

/** The title of the help. */
const HELP = /\bHELP\b/

/** Milliseconds from a key to its effect on the screen, so many times: `?` opens the help and closes it. */
export async function keyLatencies(terminal: Terminal, presses: number): Promise<number[]> {
  const latencies: number[] = []
  for (let i = 0; i < presses; i++) {
    const opens = i % 2 === 0
    const began = performance.now()
    terminal.press('?')
    await terminal.until((text) => HELP.test(text) === opens)
    latencies.push(performance.now() - began)
    // Not in step with the frames that the screen draws by itself.
    await pause(100 + Math.random() * 250)
  }
  return latencies
}
