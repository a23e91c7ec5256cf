import { execFileSync } from 'node:child_process'
import { join } from 'node:path'
import { Terminal } from './terminal.ts'

export type Scene = {
  name: string
  description: string
  args: readonly string[]
  cols?: number
  rows?: number
  /** Brings the program to where the picture is taken. */
  play(terminal: Terminal): Promise<unknown>
}

const prefork: Omit<Scene, 'name'> = {
  description: 'prefork under load: ten children share the accepts',
  args: ['prefork', '-t', '6000'],
  async play(terminal) {
    await terminal.shows(/S accept/)
    terminal.press('l')
    await terminal.shows(/[5-7]\d,\d{3} \/ 90,000/, 60_000)
  },
}

const zombies: Omit<Scene, 'name'> = {
  description: 'fork --reap none: forty clients, forty zombies, each with its age',
  args: ['fork', '--reap', 'none', '-c', '4', '-t', '10'],
  async play(terminal) {
    await terminal.shows(/S accept/)
    terminal.press('l')
    await terminal.shows(/40 zombies, the oldest 4\.\d s/)
  },
}

const herd: Omit<Scene, 'name'> = {
  description: 'the lab herd: how many of ten children wake for one connection',
  args: ['prefork'],
  async play(terminal) {
    await terminal.shows(/S accept/)
    terminal.press('Shift-Tab', 'End', 'Enter')
    await terminal.shows(/herd is done/, 60_000)
  },
}

const lab: Omit<Scene, 'name'> = {
  description: 'the lab signal-race: the signal came within the window, and select waits on',
  args: ['prefork', '--window', '3'],
  async play(terminal) {
    await terminal.shows(/S accept/)
    terminal.press('Shift-Tab')
    await chooseModel(terminal, 'signal-race')
    terminal.press('Enter')
    await terminal.shows(/The window is open/)
    terminal.press('u')
    await terminal.shows(/select waits for a signal, without a limit/)
  },
}

/** Moves to the model or lab of that name. */
async function chooseModel(terminal: Terminal, name: string): Promise<void> {
  const isChosen = new RegExp(`▸ ${name} `)
  while (!isChosen.test(terminal.screen())) {
    const before = /▸ \S+/.exec(terminal.screen())?.[0]
    terminal.press('Down')
    await terminal.until((text) => /▸ \S+/.exec(text)?.[0] !== before, 'the next model')
  }
}

const small = { cols: 80, rows: 24 }

/** The pictures of the README. */
export const pictures: Scene[] = [
  { name: 'main', ...prefork },
  { name: 'zombies', ...zombies },
  { name: 'herd', ...herd },
  { name: 'lab', ...lab },
]

const crash = 'import os, time; print("reading the configuration", flush=True); time.sleep(.3); os.abort()'

/** More to look at, as bitmaps only. */
export const others: Scene[] = [
  { name: 'main-80x24', ...prefork, ...small },
  { name: 'zombies-80x24', ...zombies, ...small },
  ...[{}, small].flatMap((size): Scene[] => {
    const place = 'cols' in size ? '-80x24' : ''
    return [
      {
        name: `killed${place}`,
        description: 'a child was killed under load',
        args: ['prefork-fd', '--delay', '20', '-t', '200'],
        ...size,
        async play(terminal) {
          await terminal.shows(/S recvmsg/)
          terminal.press('Down', 'Down', 'Down', 'l')
          await terminal.shows(/[3-9]\d\d \/ 3,000/)
          terminal.press('s', ...Array<string>(7).fill('Down'), 'Enter')
          await terminal.shows(/ended by SIGKILL[\s\S]*1,\d\d\d \/ 3,000/)
        },
      },
      {
        name: `signals${place}`,
        description: 'the signal menu',
        args: ['prefork'],
        ...size,
        async play(terminal) {
          await terminal.shows(/S accept/)
          terminal.press('Down', 'Down', 's', 'Down', 'Down')
          await terminal.shows(/SIGNAL TO/)
        },
      },
      {
        name: `help${place}`,
        description: 'the help',
        args: ['prefork'],
        ...size,
        async play(terminal) {
          await terminal.shows(/S accept/)
          terminal.press('?')
          await terminal.shows(/HELP/)
        },
      },
      {
        name: `guide${place}`,
        description: 'the guide',
        args: ['prefork'],
        ...size,
        async play(terminal) {
          await terminal.shows(/S accept/)
          terminal.press('g')
          await terminal.shows(/GUIDE/)
        },
      },
      {
        name: `edit${place}`,
        description: 'a wrong number of clients',
        args: ['select'],
        ...size,
        async play(terminal) {
          await terminal.shows(/S p?select/)
          terminal.press('c', 'Backspace', 'Backspace', '9', '9', '9', '9', 'Enter')
          await terminal.shows(/clients: 1 to 5,000/)
        },
      },
      {
        name: `question${place}`,
        description: 'a question',
        args: ['fork', '-t', '100000'],
        ...size,
        async play(terminal) {
          await terminal.shows(/S accept/)
          terminal.press('l')
          await terminal.shows(/[1-9],\d{3} \/ 1,500,000/)
          terminal.press('q')
          await terminal.shows(/quit\?/)
        },
      },
      {
        name: `stopped${place}`,
        description: 'a stopped server',
        args: ['prefork'],
        ...size,
        async play(terminal) {
          await terminal.shows(/S accept/)
          terminal.press('l')
          await terminal.shows(/done/)
          terminal.press('x')
          await terminal.shows(/stopped/)
        },
      },
      {
        name: `crash${place}`,
        description: 'a server of your own that crashed',
        args: ['--', python(), '-c', crash],
        ...size,
        async play(terminal) {
          await terminal.shows(/ended by itself|Error/)
        },
      },
    ]
  }),
]

function python(): string {
  return execFileSync('python3', ['-c', 'import sys; print(sys.executable)'], { encoding: 'utf8' }).trim()
}

/** Plays the scene in a terminal and takes what `take` makes of it; then the program is ended. */
export async function stage<T>(
  { args, cols = 120, rows = 40, play }: Scene,
  take: (terminal: Terminal) => T,
): Promise<T> {
  const cli = join(import.meta.dirname, '../../dist/cli.js')
  const terminal = new Terminal([process.execPath, cli, ...args], { cols, rows })
  try {
    await play(terminal)
    return take(terminal)
  } finally {
    terminal.press('Ctrl-C')
    await terminal.ended
  }
}
