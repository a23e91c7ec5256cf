import { setTimeout as pause } from 'node:timers/promises'
import { keyLatencies } from '../measure/key-latencies.ts'
import { limitRow, type Row } from '../measure/row.ts'
import { cpuShare, latencyRow, MOST_MEMORY } from '../measure/screen-cost.ts'
import { slope } from '../measure/slope.ts'
import { progress } from '../print/progress.ts'
import { megabytes, percent } from '../print/units.ts'
import { freePort } from '../processes/free-port.ts'
import { openCli } from '../processes/open-cli.ts'
import { residentMemory } from '../processes/proc.ts'
import { quit } from '../processes/quit.ts'
import type { Terminal } from '../processes/terminal.ts'
import type { Section } from './section.ts'

const MINUTES = 10
const INTERVAL = 5000
const KEY_PRESSES = 100
const MEGABYTE = 1024 * 1024

/** Ten minutes at full load: what the screen costs, whether it grows, and whether a count is lost. */
export const soak: Section = {
  name: 'soak',
  title: `Soak: prefork under full load for ${MINUTES} minutes at 120x40`,
  async *measure() {
    const terminal = await openLoaded()
    try {
      yield* await watch(terminal)
    } finally {
      await quit(terminal)
    }
  },
}

async function watch(terminal: Terminal): Promise<Row[]> {
  const memory: { x: number; y: number }[] = []
  const share = await cpuShare(terminal.pid, async () => {
    const began = performance.now()
    for (let minutes = 0; minutes < MINUTES; minutes = (performance.now() - began) / 60_000) {
      progress(`soak: minute ${Math.floor(minutes) + 1} of ${MINUTES}`)
      await pause(INTERVAL)
      // In the first minute V8 still makes itself at home.
      if (minutes >= 1) memory.push({ x: minutes, y: residentMemory(terminal.pid) / MEGABYTE })
    }
  })
  const latencies = await keyLatencies(terminal, KEY_PRESSES)
  terminal.press('l')
  const [balance, accepts] = await settled(terminal)
  const dropped = Number(/([\d,]+) (?:events )?dropped/.exec(terminal.screen())?.[1]?.replaceAll(',', ''))
  return [
    limitRow('CPU of one core', share, 0.2, percent),
    limitRow('memory at the end', residentMemory(terminal.pid), MOST_MEMORY, megabytes),
    limitRow(
      'memory growth a minute',
      slope(memory) * MEGABYTE,
      MEGABYTE,
      megabytes,
      'after the first minute',
    ),
    latencyRow(latencies),
    limitRow('events dropped', dropped, 0, String),
    limitRow('connections nobody counted', balance, 0, String, `of ${accepts}`),
  ]
}

/** The load is over and everything counted: how many connections one side counted and the other did not. */
async function settled(terminal: Terminal): Promise<[number, string]> {
  await terminal.until((text) => /(stopped|done) ─╮/.test(text))
  await pause(2000)
  const text = terminal.screen()
  const [, connects = '', accepted = '', queued = '', refused = ''] =
    /connects ([\d,]+) = accepted ([\d,]+) \+ queued ([\d,]+) \+ refused ([\d,]+)/.exec(text) ?? []
  const number = (digits: string) => Number(digits.replaceAll(',', ''))
  return [Math.abs(number(connects) - number(accepted) - number(queued) - number(refused)), accepted]
}

async function openLoaded(): Promise<Terminal> {
  const port = await freePort()
  const terminal = openCli(['prefork', '--port', port, '-c', 20, '-t', 1_000_000])
  await terminal.until((text) => /11 processes/.test(text))
  terminal.press('l')
  await terminal.until((text) => /[\d,]+ connections\/s/.test(text))
  return terminal
}
