import { findModel } from '../../servers/catalog.ts'
import { monotonic } from '../clock.ts'
import { planFor } from '../load/plan.ts'
import type { Options } from '../options/table.ts'
import { Refusal } from '../refusal.ts'
import { balanceOf } from '../select/balance.ts'
import { loadListener, reachable } from '../select/listening.ts'
import { isOver } from '../select/over.ts'
import { noCounts, subtractCounts } from '../state/counts.ts'
import type { Duration, Instant } from '../state/event.ts'
import type { Counts, State } from '../state/state.ts'
import { checkPorts } from './check-start.ts'
import type { Session } from './session.ts'
import { modelTarget, type Target } from './target.ts'
import { until } from './until.ts'

/** Who waits together on one listener, and in what. */
const HERDS: { waitsIn: string; model: string; exclusive?: true }[] = [
  { waitsIn: 'accept', model: 'prefork' },
  { waitsIn: 'select', model: 'prefork-select' },
  { waitsIn: 'epoll', model: 'prefork-epoll' },
  { waitsIn: 'EPOLLEXCLUSIVE', model: 'prefork-epoll', exclusive: true },
]
const CONNECTIONS = 200
const TIMEOUT: Duration = 30_000
/** So long nothing may change before the figures count as final: switches are looked at once a second. */
const REST: Duration = 1300

export type Herding = {
  /** The next server is about to start. */
  begin(target: Target): void
  /** The user wants no more of it. */
  isInterrupted(): boolean
}

/**
 * The lab `herd`: four pools, one after the other, under one client that connects again and again; what it finds goes into the
 * stream: how many processes woke for a connection. Returns whether accept and EPOLLEXCLUSIVE woke fewer than the others. Throws
 * a Refusal when a server cannot be started.
 *
 * Two things are told. `returned`: the wait came back to the program, as the probe counts it. `switched`: the process
 * got a processor and slept again, as the kernel counts it; select and epoll_wait look once more before they return,
 * so most of a herd goes back to sleep within the call, and only this shows it. Waiting for the request is in it too.
 */
export async function compareHerds(session: Session, options: Options, herding: Herding): Promise<boolean> {
  const { commands } = session
  commands.record({
    type: 'herd-started',
    at: monotonic(),
    children: options.children,
    connections: CONNECTIONS,
  })
  try {
    return await measureAll(session, options, herding)
  } finally {
    commands.record({ type: 'herd-ended', at: monotonic(), interrupted: herding.isInterrupted() })
  }
}

async function measureAll(session: Session, options: Options, herding: Herding): Promise<boolean> {
  const { commands } = session
  const switched: number[] = []
  for (const { waitsIn, model, exclusive = false } of HERDS) {
    const own: Options = { ...options, exclusive, lock: 'none', service: 'bytes' }
    await commands.stop()
    await checkPorts(own.host, own.port, 1)
    if (herding.isInterrupted()) return false
    const target = modelTarget(findModel(model)!, own)
    herding.begin(target)
    await commands.start(target)
    const { switches, counts } = await loadHerd(session, target, own, herding.isInterrupted)
    if (herding.isInterrupted()) return false
    const { accepts, wakeups, eagain } = counts
    commands.record({
      type: 'herd-measured',
      at: monotonic(),
      row: { waitsIn, accepts, switches, wakeups, eagain },
    })
    switched.push(switches / counts.accepts)
  }
  const [accept, select, epoll, exclusive] = switched
  return accept! < select! && exclusive! < epoll!
}

/** Returns how often its processes were switched to while it served, and what they counted. */
async function loadHerd(
  session: Session,
  target: Target,
  options: Options,
  isInterrupted: () => boolean,
): Promise<{ switches: number; counts: Counts }> {
  // Who is still on the way to the listener cannot be woken.
  await until(
    session,
    (state) =>
      isInterrupted() ||
      isOver(state) ||
      (loadListener(state, target.port) && allWait(state, options.children)) === true,
    TIMEOUT,
  )
  await until(session, atRest(isInterrupted), TIMEOUT)
  const listener = loadListener(session.state, target.port)
  if (isInterrupted()) return { switches: 0, counts: noCounts }
  if (!listener) throw new Refusal(session.state.server.failure ?? `${target.name} did not listen.`)
  const one = { ...options, clients: 1, connections: CONNECTIONS, rate: 0, think: 0 }
  const before = session.state
  await session.commands.startLoad(planFor(one, reachable(listener), listener.port), options.delay)
  await until(session, atRest(isInterrupted), TIMEOUT)
  const { state } = session
  return {
    switches: contextSwitches(state) - contextSwitches(before),
    counts: subtractCounts(state.totals, before.totals),
  }
}

function allWait({ processes, server }: State, children: number): boolean {
  const waiting = [...processes.values()].filter(
    ({ pid, waitsIn }) => pid !== server.pid && waitsIn !== null && waitsIn !== 'running',
  )
  return waiting.length === children
}

/** Whether all connections were accepted and no count has changed for a while. */
function atRest(isInterrupted: () => boolean): (state: State) => boolean {
  let before = ''
  let since: Instant = 0
  return (state) => {
    const now = JSON.stringify([state.totals, contextSwitches(state)])
    if (now !== before) since = state.now
    before = now
    const isQuiet = balanceOf(state).missing === 0 && state.now - since >= REST
    return isInterrupted() || isOver(state) || isQuiet
  }
}

/** How often processes of the server have slept so far, all together. */
function contextSwitches({ processes }: State): number {
  return [...processes.values()].reduce((sum, { switches }) => sum + switches, 0)
}
