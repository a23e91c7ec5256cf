import { balanceOf } from '../select/balance.ts'
import { blindPids } from '../select/blind.ts'
import { endedByItself } from '../select/over.ts'
import { treeOf } from '../select/tree.ts'
import { describeEnding } from '../state/ending.ts'
import type { Process, State } from '../state/state.ts'
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
    const { accepts, received } = process.counts
    const share = total > 0 ? `${((accepts / total) * 100).toFixed(1)} %` : ''
    const passed = received > 0 ? `  received ${grouped(received)}` : ''
    const ending = process.exited?.ending ? `  ${describeEnding(process.exited.ending)}` : ''
    return `${String(process.pid).padStart(7)}  ${role.padEnd(10)} ${grouped(accepts).padStart(9)} ${share.padStart(7)}${passed}${ending}`
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
  const isKilled = exited?.ending && 'signal' in exited.ending
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

/** The balance in one line, with what is missing. */
export function balanceLine(state: State): string {
  const { connects, accepts, queued, refused, missing } = balanceOf(state)
  const sum = `connects ${grouped(connects)} = accepted ${grouped(accepts)} + queued ${grouped(queued)} + refused ${grouped(refused)}`
  if (missing === 0) return `${sum}: balanced`
  if (missing < 0) return `${sum}: ${grouped(-missing)} accepted from other clients`
  return `${sum} + ${grouped(missing)} that nobody accepted`
}

function probeLines(state: State): string[] {
  const { dropped } = state.probe
  const blind = blindPids(state).length
  return [
    ...(dropped > 0
      ? [`probe: ${grouped(dropped)} events dropped (counts of connections are exact all the same)`]
      : []),
    ...(blind > 0
      ? [`probe: ${grouped(blind)} processes could not be seen into; what they accepted is not counted`]
      : []),
  ]
}
