import type { Engine } from '../engine/engine.ts'
import { loadListener, reachable } from '../engine/listening.ts'
import { Refusal } from '../engine/refuse.ts'
import type { Target } from '../engine/target.ts'
import type { CommandLine } from '../options/parse.ts'
import type { Options } from '../options/table.ts'
import { grouped } from '../report/format.ts'
import { balanceOf } from '../state/balance.ts'
import type { Millis } from '../state/event.ts'
import type { Counts, State } from '../state/state.ts'
import { totalCounts } from '../state/totals.ts'
import { findTarget } from './target.ts'

/** Who waits together on one listener, and in what. */
const HERDS: { label: string; model: string; exclusive?: true }[] = [
  { label: 'accept', model: 'prefork' },
  { label: 'select', model: 'prefork-select' },
  { label: 'epoll', model: 'prefork-epoll' },
  { label: 'EPOLLEXCLUSIVE', model: 'prefork-epoll', exclusive: true },
]
const CONNECTIONS = 200
const TIMEOUT: Millis = 30_000
/** So long nothing may change before the figures count as final. */
const REST: Millis = 300

/**
 * The lab `herd`: four pools, one after the other, under one client that connects again and again; a table tells how
 * many processes woke for a connection. Returns the exit code: 0 when accept and EPOLLEXCLUSIVE woke fewer.
 */
export async function compareHerds(
  engine: Engine,
  { options }: CommandLine,
  isInterrupted: () => boolean,
): Promise<number> {
  console.log(
    `${options.children} children wait on one listener; one client makes ${CONNECTIONS} connections.`,
  )
  console.log('waiting in       connections   wakeups   for each   nothing found')
  const perConnection: number[] = []
  for (const { label, model, exclusive = false } of HERDS) {
    const own = { ...options, exclusive }
    const target = await findTarget({ words: [], options: own, given: new Set(), server: null }, [model])
    await engine.start(target)
    await loadHerd(engine, target, own)
    const counts = totalCounts(engine.state)
    await engine.stop()
    if (isInterrupted()) return 1
    console.log(rowOf(label, counts))
    perConnection.push(counts.wakeups / counts.accepts)
  }
  const [accept, select, epoll, exclusive] = perConnection
  return accept! < select! && exclusive! < epoll! ? 0 : 1
}

async function loadHerd(engine: Engine, target: Target, options: Options): Promise<void> {
  // Who is still on the way to the listener cannot be woken.
  await engine.until(
    (state) =>
      isOver(state) || (loadListener(state, target.port) && allWait(state, options.children)) === true,
    TIMEOUT,
  )
  const listener = loadListener(engine.state, target.port)
  if (!listener) throw new Refusal(engine.state.server.failure ?? `${target.name} did not listen.`)
  const { bytes, delay } = options
  const { port } = listener
  const plan = { host: reachable(listener), port, clients: 1, connections: CONNECTIONS, bytes }
  await engine.startLoad({ ...plan, service: 'bytes' }, delay).done
  await engine.until(atRest(), TIMEOUT)
}

function isOver({ server }: State): boolean {
  return server.phase === 'gone' || server.ending !== null
}

function allWait({ processes, server }: State, children: number): boolean {
  const waiting = [...processes.values()].filter(
    ({ pid, waitsIn }) => pid !== server.pid && waitsIn !== null && waitsIn !== 'running',
  )
  return waiting.length === children
}

/** Whether all connections were accepted and no count has changed for a while. */
function atRest(): (state: State) => boolean {
  let before = ''
  let since: Millis = 0
  return (state) => {
    const now = JSON.stringify(totalCounts(state))
    if (now !== before) since = state.now
    before = now
    return isOver(state) || (balanceOf(state).missing === 0 && state.now - since >= REST)
  }
}

function rowOf(label: string, { accepts, wakeups, eagain }: Counts): string {
  const each = (wakeups / accepts).toFixed(2)
  return `${label.padEnd(17)}${grouped(accepts).padStart(11)}${grouped(wakeups).padStart(10)}${each.padStart(11)}${grouped(eagain).padStart(16)}`
}
