import { setTimeout as pause } from 'node:timers/promises'
import { keyLatencies } from '../measure/key-latencies.ts'
import { limitRow, type Row } from '../measure/row.ts'
import { cpuShare, latencyRow, MOST_MEMORY } from '../measure/screen-cost.ts'
import { progress } from '../print/progress.ts'
import { megabytes, percent } from '../print/units.ts'
import { freePort } from '../processes/free-port.ts'
import { openCli } from '../processes/open-cli.ts'
import { residentMemory } from '../processes/proc.ts'
import { quit } from '../processes/quit.ts'
import type { Terminal } from '../processes/terminal.ts'
import type { Section } from './section.ts'

const SECONDS = 15
const KEY_PRESSES = 60
const SETTLE = 3000

/** What the screen itself costs while a server is under full load. */
export const screen: Section = {
  name: 'screen',
  title: `Screen: under full load at 120x40, over ${SECONDS} seconds`,
  async *measure() {
    yield* await measureScreen(10, 0.2)
    yield* await measureScreen(1000, 0.35)
  },
}

async function measureScreen(children: number, mostCpu: number): Promise<Row[]> {
  progress(`screen: ${children} children`)
  const terminal = await openLoaded(children)
  try {
    const cpu = await cpuShare(terminal.pid, () => pause(SECONDS * 1000))
    const rate = RATE.exec(terminal.screen())?.[0]
    const memory = residentMemory(terminal.pid)
    const latencies = await keyLatencies(terminal, KEY_PRESSES)
    return [
      limitRow(`${children} children: CPU of one core`, cpu, mostCpu, percent, `at ${rate ?? 'no load'}`),
      limitRow(`${children} children: memory`, memory, MOST_MEMORY, megabytes),
      latencyRow(latencies, `${children} children: `),
    ]
  } finally {
    await quit(terminal)
  }
}

/** The screen with its server running and the load started. */
async function openLoaded(children: number): Promise<Terminal> {
  const port = await freePort()
  const terminal = openCli(['prefork', '--port', port, '--children', children, '-c', 15, '-t', 1_000_000])
  await terminal.until((text) => /PROCESSES/.test(text))
  await terminal.until((text) => text.includes(`${(children + 1).toLocaleString('en')} processes`))
  terminal.press('l')
  await terminal.until((text) => RATE.test(text))
  // What V8 compiles at first is not what the screen costs.
  await pause(SETTLE)
  return terminal
}

/** What the client pane says while the load runs. */
const RATE = /[\d,]+ connections\/s/
