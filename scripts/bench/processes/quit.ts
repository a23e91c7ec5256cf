import { setTimeout as pause } from 'node:timers/promises'
import type { Terminal } from './terminal.ts'

const PATIENCE = 5000

/** Ends the program in the terminal as a user does; what does not end is killed. */
export async function quit(terminal: Terminal): Promise<void> {
  terminal.press('q')
  const asked = Promise.race([terminal.ended, pause(300, null, { ref: false })])
  await asked
  terminal.press('y')
  await Promise.race([terminal.ended, pause(PATIENCE, null, { ref: false })])
  await terminal.end()
}
