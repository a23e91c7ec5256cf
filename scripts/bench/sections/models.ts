import { models as catalog } from '../../../servers/catalog.ts'
import { interleave, medianRatio } from '../measure/interleave.ts'
import { median } from '../measure/median.ts'
import { type Bar, type Row, ratioRow } from '../measure/row.ts'
import { measureServing, type Serving } from '../measure/serving.ts'
import { progress } from '../print/progress.ts'
import { microseconds, perSecond } from '../print/units.ts'
import { cServer, ourModel, pythonServer } from '../processes/commands.ts'
import type { Section } from './section.ts'

/** So many that the whole table takes eight to ten minutes. */
const ROUNDS = 7

/** What a model is measured against: the servers of the same design, and the ratios to reach; null for none. */
type Twins = {
  c: string
  python: [file: string, ...words: string[]]
  barToC: Bar | null
  barToPython: Bar | null
}

const plain = (c: string, python: string): Twins => ({
  c,
  python: [python],
  barToC: { least: 0.7 },
  barToPython: { least: 3 },
})

const CHILDREN = '10'

const twins: Record<string, Twins> = {
  iterative: plain('iterative', 'iterative.py'),
  fork: { ...plain('fork', 'forking_tcp_server.py'), barToC: { least: 0.12 }, barToPython: { least: 1.2 } },
  thread: plain('thread', 'threading_tcp_server.py'),
  prefork: plain('prefork', 'prefork.py'),
  'prefork-fd': plain('prefork-fd', 'prefork_fd.py'),
  'prefork-select': plain('prefork-select', 'prefork_select.py'),
  'prefork-epoll': plain('prefork-epoll', 'prefork_epoll.py'),
  reuseport: plain('reuseport', 'reuseport.py'),
  prethread: plain('prethread', 'prethread.py'),
  'prethread-dispatch': plain('prethread-dispatch', 'prethread_dispatch.py'),
  select: plain('select', 'select_server.py'),
  poll: plain('poll', 'asyncio_server.py'),
  epoll: plain('epoll', 'asyncio_server.py'),
  // These two are Node's own, and C has nothing ready-made: they are only shown beside what comes nearest.
  'event-loop': { ...plain('epoll', 'asyncio_server.py'), barToC: null, barToPython: null },
  cluster: { c: 'prefork', python: ['asyncio_server.py', CHILDREN], barToC: null, barToPython: null },
}

const names = catalog.map(({ name }) => name)

/** Each model against the plainest C server of the same design and against Python's. */
export const models: Section = {
  name: 'models',
  title: `Models: ours / C and ours / Python, connections per second, ${ROUNDS} interleaved rounds`,
  parts: names,
  async *measure(parts) {
    for (const name of parts.length > 0 ? parts : names) yield* await measureModel(name)
  },
}

async function measureModel(model: string): Promise<Row[]> {
  progress(`models: ${model}`)
  const against = twins[model]
  if (!against) throw new Error(`Nothing to measure ${model} against: add its twins.`)
  const commands = {
    ours: ourModel(model),
    c: await cServer(against.c),
    python: await pythonServer(against.python),
  }
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
    rateRow(`${model} / C${against.c === model ? '' : ` ${against.c}`}`, ours, c, against.barToC),
    rateRow(`${model} / Python`, ours, theirs, against.barToPython),
    rateRow('  C / Python', c, theirs, null),
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
