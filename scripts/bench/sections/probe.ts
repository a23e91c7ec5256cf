import { createProbeFile } from '../../../src/observe/probe-file.ts'
import { interleave, medianRatio } from '../measure/interleave.ts'
import { median } from '../measure/median.ts'
import { type Row, ratioRow } from '../measure/row.ts'
import { measureServing, type Serving } from '../measure/serving.ts'
import { progress } from '../print/progress.ts'
import { microseconds, perSecond } from '../print/units.ts'
import { ourModel } from '../processes/commands.ts'
import { readProbe } from '../processes/read-probe.ts'
import type { Section } from './section.ts'

const PAIRS = 9
const BAR = { least: 0.97 }
const MODELS = ['iterative', 'prefork', 'fork']

/** What the probe costs: the same server with it, read or not, and without it. */
export const probe: Section = {
  name: 'probe',
  title: `Probe: with it / without it, connections per second, ${PAIRS} interleaved rounds`,
  async *measure() {
    for (const model of MODELS) yield* await measureModel(model)
  },
}

async function measureModel(model: string): Promise<Row[]> {
  progress(`probe: ${model}`)
  const measured = await interleave(PAIRS, {
    without: () => measureServing(ourModel(model)),
    unread: () => measureProbed(model, false),
    read: () => measureProbed(model, true),
  })
  return [
    row(model, measured.unread, measured.without),
    row(`${model}, read 10 times a second`, measured.read, measured.without),
  ]
}

async function measureProbed(model: string, isRead: boolean): Promise<Serving> {
  const file = createProbeFile()
  const reading = isRead ? readProbe(file) : null
  try {
    return await measureServing(ourModel(model, file.env))
  } finally {
    reading?.stop()
    file.close()
  }
}

function row(name: string, probed: Serving[], plain: Serving[]): Row {
  const rate = (sides: Serving[]) => sides.map((side) => side.rate)
  const cpu = (sides: Serving[]) => median(sides.map((side) => side.cpu))
  const note = `server CPU a connection: ${microseconds(cpu(probed))} with, ${microseconds(cpu(plain))} without`
  const [ours, other] = [probed, plain].map((sides) => perSecond(median(rate(sides))))
  return ratioRow(name, ours!, other!, medianRatio(rate(probed), rate(plain)), BAR, note)
}
