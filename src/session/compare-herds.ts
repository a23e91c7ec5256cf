import { findModel } from '../../servers/catalog.ts'
import { planFor } from '../load/plan.ts'
import type { Options } from '../options/table.ts'
import { Refusal } from '../refusal.ts'
import { balanceOf } from '../select/balance.ts'
import { loadListener, reachable } from '../select/listening.ts'
import { isOver } from '../select/over.ts'
import { subtractCounts } from '../state/counts.ts'
import type { Millis } from '../state/event.ts'
import { type Counts, noCounts, type State } from '../state/state.ts'
import { checkPorts } from './check-start.ts'
import type { Session } from './session.ts'
import { modelTarget, type Target } from './target.ts'
import { until } from './until.ts'

/** Who waits together on one listener, and in what. */
const HERDS: { label: string; model: string; exclusive?: true }[] = [
  { label: 'accept', model: 'prefork' },
  { label: 'select', model: 'prefork-select' },
  { label: 'epoll', model: 'prefork-epoll' },
  { label: 'EPOLLEXCLUSIVE', model: 'prefork-epoll', exclusive: true },
]
const CONNECTIONS = 200
const TIMEOUT: Millis = 30_000
/** So long nothing may change before the figures count as final: switches are looked at once a second. */
const REST: Millis = 1300

export type Herding = {
  /** Takes each line that there is to tell. */
  say(line: string): void
  /** The next server is about to start. */
  begin(target: Target): void
  /** The user wants no more of it. */
  isInterrupted(): boolean
}

/**
 * The lab `herd`: four pools, one after the other, under one client that connects again and again; a table tells how
 * many processes woke for a connection. Returns whether accept and EPOLLEXCLUSIVE woke fewer than the others. Throws
 * a Refusal when a server cannot be started.
 *
 * Two things are told. `returned`: the wait came back to the program, as the probe counts it. `switched`: the process
 * got a processor and slept again, as the kernel counts it; select and epoll_wait look once more before they return,
 * so most of a herd goes back to sleep within the call, and only this shows it. Waiting for the request is in it too.
 */
export async function compareHerds(session: Session, options: Options, herding: Herding): Promise<boolean> {
  herding.say(
    `${options.children} children wait on one listener; one client makes ${CONNECTIONS} connections.`,
  )
  herding.say('for each connection   switched   returned   found nothing')
  const switched: number[] = []
  for (const { label, model, exclusive = false } of HERDS) {
    const own: Options = { ...options, exclusive, lock: 'none', service: 'bytes' }
    await session.commands.stop()
    await checkPorts(own.host, own.port, 1)
    if (herding.isInterrupted()) return false
    const target = modelTarget(findModel(model)!, own)
    herding.begin(target)
    await session.commands.start(target)
    const { switches, counts } = await loadHerd(session, target, own, herding.isInterrupted)
    if (herding.isInterrupted()) return false
    herding.say(rowOf(label, switches, counts))
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
  let since: Millis = 0
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

function rowOf(label: string, switches: number, { accepts, wakeups, eagain }: Counts): string {
  const [switched, returned, nothing] = [switches, wakeups, eagain].map((n) => (n / accepts).toFixed(2))
  return `${label.padEnd(22)}${switched!.padStart(8)}${returned!.padStart(11)}${nothing!.padStart(16)}`
}
