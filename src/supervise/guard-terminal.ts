import { spawn } from 'node:child_process'
import type { Socket } from 'node:net'
import { nativePath } from '../../servers/posix/native.ts'

export type TerminalGuard = {
  /** The alternate screen is on: to be called before it is written. */
  screenOn(): void
  /** The alternate screen is off again. */
  screenOff(): void
  /** The terminal is as it was: the guard goes. */
  release(): void
}

/**
 * Starts a process that gives the terminal back should we be killed: from the alternate screen and from raw mode.
 * Resolves when it has seen the terminal's settings, so it has to be called before raw mode is set. A guard that
 * could not be started guards nothing, and nobody is told: the screen is no worse for it until it is killed.
 */
export async function guardTerminal(): Promise<TerminalGuard> {
  // Not with execa: this is the one process that is started before the first frame.
  const guard = spawn(nativePath('launcher'), ['guard'], { stdio: ['inherit', 'inherit', 'ignore', 'pipe'] })
  guard.on('error', () => {}) // it could not be started
  const control = guard.stdio[3] as unknown as Socket
  control.on('error', () => {}) // it was killed
  await new Promise<void>((resolve) => control.once('data', () => resolve()).once('close', () => resolve()))
  guard.unref()
  control.unref()
  const order = (letter: string) => {
    if (control.writable) control.write(letter)
  }
  return {
    screenOn: () => order('a'),
    screenOff: () => order('n'),
    release: () => order('q'),
  }
}
