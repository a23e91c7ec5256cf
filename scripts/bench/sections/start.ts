import { join } from 'node:path'
import { packageRoot } from '../../../servers/posix/native.ts'
import { interleave } from '../measure/interleave.ts'
import { median } from '../measure/median.ts'
import { limitRow, type Row } from '../measure/row.ts'
import { progress } from '../print/progress.ts'
import { milliseconds } from '../print/units.ts'
import { freePort } from '../processes/free-port.ts'
import { quit } from '../processes/quit.ts'
import { run } from '../processes/run.ts'
import { openTerminal } from '../processes/terminal.ts'
import type { Section } from './section.ts'

const ROUNDS = 9
const FACTOR = 2.5
const ALLOWANCE = 250

/** From the command to the first frame, against the time that Node itself takes. */
export const start: Section = {
  name: 'start',
  title: `Start: from the command to the first frame at 120x40, ${ROUNDS} interleaved rounds`,
  async *measure(): AsyncGenerator<Row> {
    progress('start')
    const { ours, node } = await interleave(ROUNDS, { ours: firstFrame, node: emptyNode })
    const limit = FACTOR * median(node) + ALLOWANCE
    yield limitRow(
      'first frame',
      median(ours),
      limit,
      milliseconds,
      `node -e 0: ${milliseconds(median(node))}`,
    )
  },
}

async function firstFrame(): Promise<number> {
  const port = await freePort()
  const began = performance.now()
  const terminal = openTerminal(process.execPath, [
    join(packageRoot(), 'dist/cli.js'),
    'prefork',
    '--port',
    String(port),
  ])
  try {
    await terminal.until((screen) => /PROCESSES/.test(screen))
    return performance.now() - began
  } finally {
    await quit(terminal)
  }
}

async function emptyNode(): Promise<number> {
  const began = performance.now()
  await run(process.execPath, ['-e', '0'])
  return performance.now() - began
}
