import { setTimeout as pause } from 'node:timers/promises'
import { keyLatencies } from '../measure/key-latencies.ts'
import { limitRow, type Row } from '../measure/row.ts'
import { cpuShare, latencyRow, MOST_MEMORY } from '../measure/screen-cost.ts'
import { progress } from '../print/progress.ts'
import { megabytes, percent } from '../print/units.ts'
import { compile } from '../processes/compile.ts'
import { freePort } from '../processes/free-port.ts'
import { openCli } from '../processes/open-cli.ts'
import { residentMemory } from '../processes/proc.ts'
import { quit } from '../processes/quit.ts'
import type { Terminal } from '../processes/terminal.ts'
import type { Section } from './section.ts'

const CHILDREN = 2000
const CLIENTS = 5000
const EVENTS = 20_000
const SECONDS = 20
const KEY_PRESSES = 60
const SETTLE = 5000

/** The most that the screen must bear: a crowd of children and clients, and a storm of events. */
export const crowd: Section = {
  name: 'crowd',
  title: `Crowd: ${CHILDREN} children, ${CLIENTS} connections at a time, ${EVENTS} events a second, at 120x40`,
  async *measure() {
    progress('crowd')
    const terminal = await openCrowd()
    try {
      yield* await look(terminal)
    } finally {
      await quit(terminal)
    }
  },
}

async function look(terminal: Terminal): Promise<Row[]> {
  const share = await cpuShare(terminal.pid, () => pause(SECONDS * 1000))
  const memory = residentMemory(terminal.pid)
  const state = /[\d,]+ events dropped|0 dropped/.exec(terminal.screen())?.[0]
  const latencies = await keyLatencies(terminal, KEY_PRESSES)
  return [
    limitRow('CPU of one core', share, 0.4, percent, state),
    limitRow('memory', memory, MOST_MEMORY, megabytes),
    latencyRow(latencies),
  ]
}

async function openCrowd(): Promise<Terminal> {
  const port = await freePort()
  const command = [await compile('crowd'), port, CHILDREN, EVENTS]
  const terminal = openCli(['--port', port, '-c', CLIENTS, '-t', 10_000, '--', ...command])
  await terminal.until((text) => text.includes(`${(CHILDREN + 2).toLocaleString('en')} processes`))
  terminal.press('l')
  await terminal.until((text) => /connections\/s/.test(text))
  await pause(SETTLE)
  return terminal
}
