import { balanceOf, childBalanceOf } from '../select/balance.ts'
import { blindPids } from '../select/blind.ts'
import { endedByItself } from '../select/over.ts'
import { acceptsOf, disagreement, isPerfRead } from '../select/seen.ts'
import { treeOf } from '../select/tree.ts'
import { describeEnding, isBySignal } from '../state/ending.ts'
import type { Process, State } from '../state/state.ts'
import { unreachable } from '../unreachable.ts'
import { balanceSum, childBalanceSum } from './balance-text.ts'
import { grouped, milliseconds } from './format.ts'
import { loadLine } from './load-text.ts'

const MOST_ROWS = 40

/** What `run` prints without --json. */
export function runText(state: State): string {
  return [
    loadLine(state),
    ...lastWords(state),
    '',
    ...processTable(state),
    '',
    ...zombieLines(state),
    ...signalLines(state),
    balanceLine(state),
    ...childBalanceLines(state),
    ...probeLines(state),
  ].join('\n')
}

/** How the server ended, and what it said last, when nobody had asked it to. */
function lastWords(state: State): string[] {
  if (!endedByItself(state)) return []
  return [
    `The server ended by itself: ${describeEnding(state.server.ending!)}.`,
    ...state.server.output.slice(-3).map(({ line }) => `  ${line}`),
  ]
}

/** Connections for each process, as a table; those that had ended before the stop and did nothing are only counted. */
export function processTable(state: State): string[] {
  const all = treeOf(state)
  const rows = all.filter(({ process }) => !hadLeft(state, process))
  const total = state.totals.accepts
  const lines = rows.slice(0, MOST_ROWS).map(({ process, role }) => {
    const { received } = process.counts
    const accepts = acceptsOf(state, process)
    const share = total > 0 && accepts !== null ? `${((accepts / total) * 100).toFixed(1)} %` : ''
    const passed = received > 0 ? `  received ${grouped(received)}` : ''
    const ending = process.exited?.ending ? `  ${describeEnding(process.exited.ending)}` : ''
    return `${String(process.pid).padStart(7)}  ${role.padEnd(10)} ${(accepts === null ? 'not seen' : grouped(accepts)).padStart(9)} ${share.padStart(7)}${passed}${ending}`
  })
  const more = rows.length - MOST_ROWS
  if (more > 0) lines.push(`         and ${grouped(more)} more`)
  const left = state.departed.processes + all.length - rows.length
  if (left > 0)
    lines.push(
      `         ${grouped(left)} that had ended before: ${grouped(state.departed.counts.accepts)} accepts`,
    )
  return [
    `${'pid'.padStart(7)}  ${'process'.padEnd(10)} ${'accepts'.padStart(9)} ${'share'.padStart(7)}`,
    ...lines,
  ]
}

function hadLeft({ server }: State, { counts, reaped, exited }: Process): boolean {
  if (!reaped || counts.accepts + counts.received > 0) return false
  const isKilled = isBySignal(exited?.ending)
  return !isKilled && reaped.at < (server.stopRequestedAt ?? Number.POSITIVE_INFINITY)
}

function zombieLines({ zombies }: State): string[] {
  if (zombies.peak === 0) return []
  const longest = `the longest for ${milliseconds(zombies.longest)} ms`
  return [`zombies: at most ${zombies.peak} at a time, ${longest}, ${zombies.leftAtStop} left at the stop`]
}

/** A line for each sender and signal; one that goes to many is a line with a sum. */
function signalLines({ signals, server }: State): string[] {
  const groups = new Map<string, { receivers: Set<number>; count: number; runs: number }>()
  for (const { name, from, to, count, handlerRuns } of signals.values()) {
    const key = `signal ${name} from ${from === server.pid ? 'the parent' : from}`
    const group = groups.get(key) ?? { receivers: new Set(), count: 0, runs: 0 }
    groups.set(key, {
      receivers: group.receivers.add(to),
      count: group.count + count,
      runs: group.runs + handlerRuns,
    })
  }
  return [...groups].map(([key, { receivers, count, runs }]) => {
    const [first] = receivers
    const receiver =
      receivers.size > 1 ? `${receivers.size} processes` : first === server.pid ? 'the parent' : String(first)
    return `${key} to ${receiver}: ${grouped(count)} sent${runs > 0 ? `, ${grouped(runs)} handler runs` : ''}`
  })
}

/** The balance of connections in one line, with what is missing. */
export function balanceLine(state: State): string {
  const { missing, others, verdict } = balanceOf(state)
  const sum = balanceSum(balanceOf(state))
  switch (verdict) {
    case 'not seen':
      return `${sum}: accepts are not seen`
    case 'balanced':
    case 'others':
      return `${sum}: balanced${others > 0 ? `, with ${grouped(others)} of other clients` : ''}`
    case 'settling':
    case 'missing':
      return missing < 0
        ? `${sum}: ${grouped(-missing)} accepted from other clients`
        : `${sum} + ${grouped(missing)} that nobody accepted`
    default:
      return unreachable(verdict)
  }
}

/** What became of the children that were forked, in one line; none when there were none. */
export function childBalanceLines(state: State): string[] {
  const balance = childBalanceOf(state)
  const { forked, missing } = balance
  if (forked === 0) return []
  const sum = childBalanceSum(balance)
  return [missing === 0 ? `${sum}: balanced` : `${sum} + ${grouped(missing)} that nobody saw end`]
}

function probeLines(state: State): string[] {
  const { dropped } = state.probe
  const blind = blindPids(state).length
  const apart = disagreement(state)
  const { probe, proc, sockets } = state.sources
  const failures = [probe, proc, sockets].filter((failure) => typeof failure === 'string')
  return [
    ...(dropped > 0
      ? [`probe: ${grouped(dropped)} events dropped (counts of connections are exact all the same)`]
      : []),
    ...(blind > 0 ? [`probe: ${blindText(state, blind)}`] : []),
    ...(apart ? [`probe and perf differ by ${grouped(apart)} accepts`] : []),
    ...failures,
  ]
}

function blindText(state: State, count: number): string {
  const who = count === 1 ? '1 process' : `${grouped(count)} processes`
  return isPerfRead(state)
    ? `${who} could not be seen into; perf counted what they accepted`
    : `${who} could not be seen into; what they accepted is not counted`
}
