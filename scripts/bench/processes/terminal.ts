import xterm from '@xterm/headless'
import { spawn } from 'node-pty'

export type Terminal = {
  pid: number
  press(keys: string): void
  /** What the screen shows now, a line for each row. */
  screen(): string
  /** Resolves when the screen satisfies the condition; looked at whenever it changed. Rejects after the time. */
  until(condition: (screen: string) => boolean, milliseconds?: number): Promise<void>
  /** Kills the program if it still runs. Resolves when it has ended. */
  end(): Promise<void>
  ended: Promise<void>
}

const TIMEOUT = 20_000

/** Runs a program in a terminal of 120×40. */
export function openTerminal(file: string, args: readonly string[]): Terminal {
  const size = { cols: 120, rows: 40 }
  const terminal = new xterm.Terminal({ ...size, allowProposedApi: true })
  const program = spawn(file, [...args], { ...size, name: 'xterm-256color', env: environment() })
  const watchers = new Set<() => void>()
  const lookAgain = () => {
    for (const look of watchers) look()
  }
  program.onData((data) => terminal.write(data, lookAgain))
  // The answers to what the program asks the terminal.
  terminal.onData((data) => program.write(data))
  let isOver = false
  const ended = new Promise<void>((resolve) => {
    program.onExit(() => {
      isOver = true
      resolve()
    })
  })

  const screen = () => {
    const { active } = terminal.buffer
    return Array.from(
      { length: size.rows },
      (_, row) => active.getLine(active.viewportY + row)?.translateToString(true) ?? '',
    ).join('\n')
  }

  function until(condition: (screen: string) => boolean, milliseconds = TIMEOUT): Promise<void> {
    return new Promise((resolve, reject) => {
      const look = () => {
        if (!condition(screen())) return
        finish()
        resolve()
      }
      const timer = setTimeout(() => {
        finish()
        reject(new Error(`not on the screen after ${milliseconds} ms:\n${screen()}`))
      }, milliseconds)
      const finish = () => {
        clearTimeout(timer)
        watchers.delete(look)
      }
      watchers.add(look)
      look()
    })
  }

  async function end(): Promise<void> {
    if (!isOver) program.kill('SIGKILL')
    await ended
    terminal.dispose()
  }

  return { pid: program.pid, press: (keys) => program.write(keys), screen, until, end, ended }
}

/** With CI in the environment Ink draws nothing until the end. */
function environment(): Record<string, string> {
  const { CI, CONTINUOUS_INTEGRATION, NO_COLOR, FORCE_COLOR, ...others } = process.env
  return { ...others, TERM: 'xterm-256color', COLORTERM: 'truecolor' } as Record<string, string>
}
