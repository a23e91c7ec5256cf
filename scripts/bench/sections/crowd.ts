import { join } from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'
import { packageRoot } from '../../../servers/posix/native.ts'
import { keyLatencies } from '../measure/key-latencies.ts'
import { median, quantile } from '../measure/median.ts'
import { limitRow, type Row } from '../measure/row.ts'
import { progress } from '../print/progress.ts'
import { megabytes, milliseconds, percent } from '../print/units.ts'
import { compile } from '../processes/compile.ts'
import { freePort } from '../processes/free-port.ts'
import { processCpu, residentMemory } from '../processes/proc.ts'
import { quit } from '../processes/quit.ts'
import { openTerminal, type Terminal } from '../processes/terminal.ts'
import type { Section } from './section.ts'

const CHILDREN = 2000
const CLIENTS = 5000
const EVENTS = 20_000
const SECONDS = 20
const KEY_PRESSES = 60
const SETTLE = 5000
const MEGABYTE = 1024 * 1024

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
  const [cpu, began] = [processCpu(terminal.pid), performance.now()]
  await pause(SECONDS * 1000)
  const share = (processCpu(terminal.pid) - cpu) / ((performance.now() - began) / 1000)
  const memory = residentMemory(terminal.pid)
  const state = /[\d,]+ events dropped|0 dropped/.exec(terminal.screen())?.[0]
  const latencies = await keyLatencies(terminal, KEY_PRESSES)
  return [
    limitRow('CPU of one core', share, 0.4, percent, state),
    limitRow('memory', memory, 150 * MEGABYTE, megabytes),
    limitRow(
      'a key answered, 95 of 100',
      quantile(latencies, 0.95),
      100,
      milliseconds,
      `median ${milliseconds(median(latencies))}`,
    ),
  ]
}

async function openCrowd(): Promise<Terminal> {
  const port = String(await freePort())
  const command = [await compile('crowd'), port, String(CHILDREN), String(EVENTS)]
  const options = ['--port', port, '-c', String(CLIENTS), '-t', '10000']
  const cli = join(packageRoot(), 'dist/cli.js')
  const terminal = openTerminal(process.execPath, [cli, ...options, '--', ...command])
  await terminal.until((text) => text.includes(`${(CHILDREN + 2).toLocaleString('en')} processes`))
  terminal.press('l')
  await terminal.until((text) => /connections\/s/.test(text))
  await pause(SETTLE)
  return terminal
}
