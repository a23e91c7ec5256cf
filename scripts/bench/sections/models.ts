import { interleave, medianRatio } from '../measure/interleave.ts'
import { median } from '../measure/median.ts'
import { type Bar, type Row, ratioRow } from '../measure/row.ts'
import { measureServing, type Serving } from '../measure/serving.ts'
import { progress } from '../print/progress.ts'
import { microseconds, perSecond } from '../print/units.ts'
import { cServer, ourModel, pythonServer } from '../processes/commands.ts'
import type { Section } from './section.ts'

const ROUNDS = 7

type Compared = { model: string; python: string; barToC: Bar; barToPython: Bar }

const compared: Compared[] = [
  { model: 'iterative', python: 'iterative.py', barToC: { least: 0.7 }, barToPython: { least: 3 } },
  { model: 'prefork', python: 'prefork.py', barToC: { least: 0.7 }, barToPython: { least: 3 } },
  { model: 'select', python: 'select_server.py', barToC: { least: 0.7 }, barToPython: { least: 3 } },
  { model: 'prefork-fd', python: 'prefork_fd.py', barToC: { least: 0.7 }, barToPython: { least: 3 } },
  { model: 'fork', python: 'forking_tcp_server.py', barToC: { least: 0.12 }, barToPython: { least: 1.2 } },
]

/** Each model against the plainest C server of the same design and against Python's. */
export const models: Section = {
  name: 'models',
  title: `Models: ours / C and ours / Python, connections per second, ${ROUNDS} interleaved rounds`,
  async *measure() {
    for (const each of compared) yield* await measureModel(each)
  },
}

async function measureModel({ model, python, barToC, barToPython }: Compared): Promise<Row[]> {
  progress(`models: ${model}`)
  const commands = { ours: ourModel(model), c: await cServer(model), python: await pythonServer(python) }
  const {
    ours,
    c,
    python: theirs,
  } = await interleave(ROUNDS, {
    ours: () => measureServing(commands.ours),
    c: () => measureServing(commands.c),
    python: () => measureServing(commands.python),
  })
  return [
    rateRow(`${model} / C`, ours, c, barToC),
    rateRow(`${model} / Python`, ours, theirs, barToPython),
    rateRow(`  C / Python`, c, theirs, null),
    cpuRow('  server CPU a connection: C / ours', c, ours),
    cpuRow('  server CPU a connection: Python / ours', theirs, ours),
  ]
}

function rateRow(name: string, ours: Serving[], other: Serving[], bar: Bar | null): Row {
  const rates = (sides: Serving[]) => sides.map(({ rate }) => rate)
  const ratio = medianRatio(rates(ours), rates(other))
  return ratioRow(
    name,
    perSecond(median(rates(ours))),
    perSecond(median(rates(other))),
    ratio,
    bar,
    failures([...ours, ...other]),
  )
}

/** As the rates: above 1 means that ours is the cheaper one. */
function cpuRow(name: string, other: Serving[], ours: Serving[]): Row {
  const cpu = (sides: Serving[]) => sides.map((side) => side.cpu)
  const ratio = medianRatio(cpu(other), cpu(ours))
  return ratioRow(name, microseconds(median(cpu(ours))), microseconds(median(cpu(other))), ratio, null)
}

function failures(servings: Serving[]): string | undefined {
  const failed = servings.reduce((sum, serving) => sum + serving.failures, 0)
  return failed > 0 ? `${failed} connections failed` : undefined
}
