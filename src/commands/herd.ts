import type { Engine } from '../engine/engine.ts'
import { loadListener, reachable } from '../engine/listening.ts'
import { Refusal } from '../engine/refuse.ts'
import type { Target } from '../engine/target.ts'
import { planFor } from '../load/plan.ts'
import { readProc } from '../observe/read-proc.ts'
import type { CommandLine } from '../options/parse.ts'
import type { Options } from '../options/table.ts'
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
 *
 * Two things are told. `returned`: the wait came back to the program, as the probe counts it. `switched`: the process
 * got a processor and slept again, as the kernel counts it; select and epoll_wait look once more before they return,
 * so most of a herd goes back to sleep within the call, and only this shows it. Waiting for the request is in it too.
 */
export async function compareHerds(
  engine: Engine,
  { options }: CommandLine,
  isInterrupted: () => boolean,
): Promise<number> {
  console.log(
    `${options.children} children wait on one listener; one client makes ${CONNECTIONS} connections.`,
  )
  console.log('for each connection   switched   returned   found nothing')
  const switched: number[] = []
  for (const { label, model, exclusive = false } of HERDS) {
    const own = { ...options, exclusive }
    const target = await findTarget({ words: [], options: own, given: new Set(), server: null }, [model])
    await engine.start(target)
    const switches = await loadHerd(engine, target, own)
    const counts = totalCounts(engine.state)
    await engine.stop()
    if (isInterrupted()) return 1
    console.log(rowOf(label, switches, counts))
    switched.push(switches)
  }
  const [accept, select, epoll, exclusive] = switched
  return accept! < select! && exclusive! < epoll! ? 0 : 1
}

/** Returns how often its processes were switched to while it served. */
async function loadHerd(engine: Engine, target: Target, options: Options): Promise<number> {
  // Who is still on the way to the listener cannot be woken.
  await engine.until(
    (state) =>
      isOver(state) || (loadListener(state, target.port) && allWait(state, options.children)) === true,
    TIMEOUT,
  )
  const listener = loadListener(engine.state, target.port)
  if (!listener) throw new Refusal(engine.state.server.failure ?? `${target.name} did not listen.`)
  const one = { ...options, clients: 1, connections: CONNECTIONS, service: 'bytes' }
  const plan = planFor(one, reachable(listener), listener.port)
  const before = contextSwitches(engine.state)
  await engine.startLoad(plan, options.delay).done
  await engine.until(atRest(), TIMEOUT)
  return contextSwitches(engine.state) - before
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

/** How often processes of the server have slept so far, all together. Source: proc_pid_status(5). */
function contextSwitches({ processes }: State): number {
  let sum = 0
  for (const pid of processes.keys())
    sum += Number(/^voluntary_ctxt_switches:\s*(\d+)/m.exec(readProc(`/proc/${pid}/status`) ?? '')?.[1] ?? 0)
  return sum
}

function rowOf(label: string, switches: number, { accepts, wakeups, eagain }: Counts): string {
  const [switched, returned, nothing] = [switches, wakeups, eagain].map((n) => (n / accepts).toFixed(2))
  return `${label.padEnd(22)}${switched!.padStart(8)}${returned!.padStart(11)}${nothing!.padStart(16)}`
}
