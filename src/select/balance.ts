import type { State } from '../state/state.ts'
import { establishedBy, isLoadUnderWay, queuedIn, youngConnections } from '../state/under-way.ts'
import { momentaryRate } from './load.ts'
import { memoized } from './memoized.ts'
import { areAcceptsSeen } from './seen.ts'

/** Connections from the clients' side against the server's. */
export type Balance = {
  /** Attempts of our load that came to an end, established or refused, and connections made by hand. */
  connects: number
  /** Connections that other clients made, as far as they were accepted before ours or are too many to be ours. */
  others: number
  /** Null where accepts are not seen. */
  accepts: number | null
  /** Established, waiting in the listener's queue. */
  queued: number
  refused: number
  /** What is missing to make connects = accepts + queued + refused; negative when others connect too. */
  missing: number
  verdict: Verdict
}

/** `settling`: not more is missing than can be under way between the two sides. */
export type Verdict = 'balanced' | 'settling' | 'missing' | 'others' | 'not seen'

/** How long reading one side takes, in milliseconds, on a machine that has other things to do, too. */
const READING = 10

/** Whether every connection of our clients is accounted for; those of a generator are others, whoever accepts them. */
export function isAccounted(state: State): boolean {
  const { missing } = balanceOf(state)
  return state.load.generator ? missing <= 0 : missing === 0
}

export const balanceOf = memoized((state: State): Balance => {
  const { figures, before } = state.load
  const refused = before.refused + figures.refused
  const connects = establishedBy(state.load) + state.manualConnects + refused
  const { accepts } = state.totals
  const queued = queuedIn(state.listeners)
  const missing = connects - accepts - queued - refused
  const isSeen = areAcceptsSeen(state)
  const verdict = isSeen ? judge(state, missing + state.othersAccepted, missing) : 'not seen'
  const others = missing < 0 && verdict !== 'settling' ? -missing : state.othersAccepted
  return { connects, others, accepts: isSeen ? accepts : null, queued, refused, missing, verdict }
})

function judge(state: State, ours: number, missing: number): Verdict {
  if (ours === 0) return missing === 0 ? 'balanced' : 'others'
  if (Math.abs(ours) <= underWay(state)) return 'settling'
  return ours > 0 ? 'missing' : 'others'
}

/** Connections that can be counted on one side and not yet on the other. */
function underWay(state: State): number {
  const { plan } = state.load
  const ours = plan && isLoadUnderWay(state) ? plan.clients + betweenReadings(state) : 0
  return ours + youngConnections(state).length
}

/** Connections that were made between the reading of the one side and that of the other. */
function betweenReadings({ load, countedAt }: State): number {
  const readAt = load.recent.at(-1)?.at ?? countedAt
  return Math.ceil((momentaryRate(load) * (Math.abs(readAt - countedAt) + READING)) / 1000)
}

/** Processes that the server's processes forked, and what became of them. */
export type ChildBalance = {
  forked: number
  running: number
  zombies: number
  reaped: number
  /** What is missing to make forked = running + zombies + reaped. */
  missing: number
}

export const childBalanceOf = memoized((state: State): ChildBalance => {
  const { forked, reaped, zombies } = state
  let running = 0
  for (const { pid, exited } of state.processes.values()) if (!exited && pid !== state.server.pid) running++
  const ended = zombies.now
  return { forked, running, zombies: ended, reaped, missing: forked - running - ended - reaped }
})
