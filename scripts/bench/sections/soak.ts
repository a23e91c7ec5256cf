import { join } from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'
import { packageRoot } from '../../../servers/posix/native.ts'
import { keyLatencies } from '../measure/key-latencies.ts'
import { median, quantile } from '../measure/median.ts'
import { limitRow, type Row } from '../measure/row.ts'
import { slope } from '../measure/slope.ts'
import { progress } from '../print/progress.ts'
import { megabytes, milliseconds, percent } from '../print/units.ts'
import { freePort } from '../processes/free-port.ts'
import { processCpu, residentMemory } from '../processes/proc.ts'
import { quit } from '../processes/quit.ts'
import { openTerminal, type Terminal } from '../processes/terminal.ts'
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
  const [cpu, began] = [processCpu(terminal.pid), performance.now()]
  const memory: { x: number; y: number }[] = []
  for (let minutes = 0; minutes < MINUTES; minutes = (performance.now() - began) / 60_000) {
    progress(`soak: minute ${Math.floor(minutes) + 1} of ${MINUTES}`)
    await pause(INTERVAL)
    // In the first minute V8 still makes itself at home.
    if (minutes >= 1) memory.push({ x: minutes, y: residentMemory(terminal.pid) / MEGABYTE })
  }
  const share = (processCpu(terminal.pid) - cpu) / ((performance.now() - began) / 1000)
  const latencies = await keyLatencies(terminal, KEY_PRESSES)
  terminal.press('l')
  const [balance, accepts] = await settled(terminal)
  const dropped = Number(/([\d,]+) (?:events )?dropped/.exec(terminal.screen())?.[1]?.replaceAll(',', ''))
  const note = `median ${milliseconds(median(latencies))}`
  return [
    limitRow('CPU of one core', share, 0.2, percent),
    limitRow('memory at the end', residentMemory(terminal.pid), 150 * MEGABYTE, megabytes),
    limitRow(
      'memory growth a minute',
      slope(memory) * MEGABYTE,
      MEGABYTE,
      megabytes,
      'after the first minute',
    ),
    limitRow('a key answered, 95 of 100', quantile(latencies, 0.95), 100, milliseconds, note),
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
  const options = ['--port', port, '-c', 20, '-t', 1_000_000].map(String)
  const terminal = openTerminal(process.execPath, [join(packageRoot(), 'dist/cli.js'), 'prefork', ...options])
  await terminal.until((text) => /11 processes/.test(text))
  terminal.press('l')
  await terminal.until((text) => /[\d,]+ connections\/s/.test(text))
  return terminal
}
