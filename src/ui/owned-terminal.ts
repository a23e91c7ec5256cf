import type { TerminalGuard } from '../supervise/guard-terminal.ts'
import type { TerminalControl } from './control/app.ts'
import type { Fullscreen } from './fullscreen.ts'
import { hasJobControl } from './job-control.ts'
import { readKeys } from './keyboard.ts'
import type { MouseAction } from './mouse.ts'
import type { Size } from './size.ts'
import { terminalSize } from './terminal-size.ts'

type Input = { onKey(key: string): void; onMouse(action: MouseAction): void }

const NO_SHELL = 'No shell is there that could continue this: it was not started from one with job control.'

/** The terminal while it is ours: its screen, its keys, and the guard that gives it back should we be killed. */
export class OwnedTerminal implements TerminalControl {
  readonly quit: () => void
  readonly #screen: Fullscreen
  #guard: TerminalGuard | null = null
  #input: Input | null = null
  #releaseKeys: (() => void) | null = null
  #hasMouse = false

  constructor(screen: Fullscreen, quit: () => void) {
    this.#screen = screen
    this.quit = quit
  }

  get size(): Size {
    return terminalSize(process.stdout)
  }

  /** Takes the terminal: the guard has seen it as it was. */
  open(guard: TerminalGuard, input: Input): void {
    this.#guard = guard
    this.#input = input
    this.#take()
    process.on('SIGCONT', this.#continue)
  }

  /** Gives the terminal back as it was. May be called more than once. */
  close(): void {
    process.off('SIGCONT', this.#continue)
    this.#giveBack()
  }

  setMouse(isReported: boolean): void {
    this.#hasMouse = isReported
    this.#screen.setMouse(isReported)
  }

  redraw(): void {
    this.#screen.redraw()
  }

  /** The server goes on meanwhile, in a session of its own, and so does the load. */
  suspend(): string | null {
    if (!hasJobControl()) return NO_SHELL
    this.#giveBack()
    // To the whole job, as the terminal would: npm may stand between us and the shell.
    process.kill(0, 'SIGTSTP')
    return null
  }

  /** Whoever stopped us: what is on the terminal now, and how it is set, is not ours. */
  readonly #continue = () => {
    this.#giveBack()
    this.#take()
  }

  #take(): void {
    if (this.#releaseKeys || !this.#input) return
    // First the keys: in the background this stops us, and nothing is written on what is not ours.
    this.#releaseKeys = readKeys(process.stdin, this.#input)
    this.#guard?.screenOn()
    this.#screen.open()
    this.#screen.setMouse(this.#hasMouse)
  }

  #giveBack(): void {
    if (!this.#releaseKeys) return
    this.#screen.close()
    this.#releaseKeys()
    this.#releaseKeys = null
    this.#guard?.screenOff()
  }
}
