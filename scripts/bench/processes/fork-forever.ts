import { setTimeout as pause } from 'node:timers/promises'
import { findModel } from '../../../servers/catalog.ts'
import { planFor } from '../../../src/load/plan.ts'
import { defaults, type Options } from '../../../src/options/table.ts'
import { loadListener, reachable } from '../../../src/select/listening.ts'
import { LiveSession } from '../../../src/session/live-session.ts'
import { modelTarget } from '../../../src/session/target.ts'
import { until } from '../../../src/session/until.ts'
import { collectedHeap } from '../measure/collected-heap.ts'
import { freePort } from './free-port.ts'

const CLIENTS = 10
/** How long a session at rest is looked at, and how long what has ended is let go before that. */
const LOOK = 10_000
const REST = 4000

/** What a session at rest costs: its share of a core, and bytes of heap. */
export type AtRest = { share: number; memory: number }

/** A session over a server that forks so many times; what it costs at rest before that and after. */
export async function forkForever(forks: number): Promise<{ before: AtRest; after: AtRest }> {
  const load = { port: await freePort(), clients: CLIENTS, connections: forks / CLIENTS, bytes: 1 }
  const options = { ...defaults, ...load } as Options
  const target = modelTarget(findModel('fork')!, options)
  const session = new LiveSession()
  try {
    await session.commands.start(target)
    await until(session, (state) => loadListener(state, target.port) !== undefined, null)
    const listener = loadListener(session.state, target.port)!
    const before = await lookAtRest()
    await session.commands.startLoad(planFor(options, reachable(listener), listener.port), 0)
    return { before, after: await lookAtRest() }
  } finally {
    await session.commands.stop()
  }
}

async function lookAtRest(): Promise<AtRest> {
  await pause(REST)
  const memory = collectedHeap()
  const from = process.cpuUsage()
  await pause(LOOK)
  const { user, system } = process.cpuUsage(from)
  return { share: (user + system) / 1000 / LOOK, memory }
}
