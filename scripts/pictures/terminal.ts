import { setTimeout as sleep } from 'node:timers/promises'
import type { Terminal as Emulator } from '@xterm/headless'
import xterm from '@xterm/headless'
import { type IPty, spawn } from 'node-pty'
import { bytesOf } from './keys.ts'

export type TerminalOptions = { cols?: number; rows?: number; cwd?: string; env?: Record<string, string> }

const LOOK_AGAIN = 20
const PATIENCE = 15_000

/** A program in a real pseudo-terminal, and the terminal that draws what it writes. */
export class Terminal {
  /** What stands in the cells, with their colours. */
  readonly emulator: Emulator
  /** Everything that the program has written. */
  written = ''
  cursorVisible = true
  bells = 0
  title = ''
  /** Resolves to the exit code, or to 128 and the signal's number. */
  readonly ended: Promise<number>
  readonly #program: IPty

  constructor(
    [command, ...args]: readonly string[],
    { cols = 120, rows = 40, cwd, env }: TerminalOptions = {},
  ) {
    this.emulator = new xterm.Terminal({ cols, rows, allowProposedApi: true })
    const surroundings = { ...environment(), ...env }
    this.#program = spawn(command!, args, {
      name: 'xterm-256color',
      cols,
      rows,
      env: surroundings,
      ...(cwd && { cwd }),
    })
    this.ended = new Promise((resolve) => {
      this.#program.onExit(({ exitCode, signal }) => resolve(signal ? 128 + signal : exitCode))
    })
    this.#program.onData((data) => {
      this.written += data
      this.emulator.write(data)
    })
    // The answers to what the program asks the terminal.
    this.emulator.onData((data) => this.#program.write(data))
    this.#watch()
  }

  get pid(): number {
    return this.#program.pid
  }

  get alternateScreen(): boolean {
    return this.emulator.buffer.active.type === 'alternate'
  }

  /** The rows of the screen, without the blanks at their ends. */
  rows(): string[] {
    const { active } = this.emulator.buffer
    return Array.from({ length: this.emulator.rows }, (_, y) =>
      active.getLine(active.viewportY + y)!.translateToString(true),
    )
  }

  screen(): string {
    return this.rows().join('\n')
  }

  /** Presses keys, by name or as characters, all of them in one go. */
  press(...keys: string[]): void {
    this.#program.write(keys.map(bytesOf).join(''))
  }

  /** Waits until the screen shows it, and returns what matched. Throws with the screen when it does not. */
  async shows(pattern: RegExp, patience = PATIENCE): Promise<RegExpExecArray> {
    return this.until((screen) => pattern.exec(screen), `${pattern}`, patience)
  }

  /** Waits until the screen does not show it any more. */
  async hides(pattern: RegExp, patience = PATIENCE): Promise<void> {
    await this.until((screen) => !pattern.test(screen), `no ${pattern}`, patience)
  }

  /** Waits for a first answer that is neither false nor null. Throws with the screen when there is none in time. */
  async until<T>(look: (screen: string) => T | false | null, what: string, patience = PATIENCE): Promise<T> {
    for (const end = performance.now() + patience; ; await sleep(LOOK_AGAIN)) {
      const found = look(this.screen())
      if (found !== false && found !== null) return found
      if (performance.now() > end)
        throw new Error(`${what} is not on the screen after ${patience} ms:\n${this.screen()}`)
    }
  }

  resize(cols: number, rows: number): void {
    this.emulator.resize(cols, rows)
    this.#program.resize(cols, rows)
  }

  /** Closes our end, as a terminal window does. */
  hangUp(): void {
    ;(this.#program as IPty & { destroy(): void }).destroy()
  }

  /** Sends SIGKILL to the program itself, if it still runs. */
  kill(): void {
    try {
      this.#program.kill('SIGKILL')
    } catch {
      // It has ended.
    }
  }

  #watch(): void {
    const cursor = (visible: boolean) => (modes: (number | number[])[]) => {
      if (modes.includes(25)) this.cursorVisible = visible
      return false
    }
    this.emulator.parser.registerCsiHandler({ prefix: '?', final: 'h' }, cursor(true))
    this.emulator.parser.registerCsiHandler({ prefix: '?', final: 'l' }, cursor(false))
    this.emulator.onBell(() => this.bells++)
    this.emulator.onTitleChange((title) => {
      this.title = title
    })
  }
}

/** Ours without what tells programs that nobody looks, or how to colour. */
function environment(): Record<string, string> {
  const { CI, CONTINUOUS_INTEGRATION, NO_COLOR, FORCE_COLOR, ...others } = process.env as Record<
    string,
    string
  >
  return { ...others, TERM: 'xterm-256color', COLORTERM: 'truecolor' }
}
