import { grouped } from '../../report/format.ts'
import { acceptsOf, isBlind, isPerfRead } from '../../select/seen.ts'
import { got, type Scale, served } from '../../select/serving.ts'
import { endedByStop } from '../../select/shown-tree.ts'
import type { TreeRow } from '../../select/tree.ts'
import { describeEnding, isBySignal } from '../../state/ending.ts'
import type { Process, State } from '../../state/state.ts'
import { alignLeft, alignRight, bar, cut, duration, shortSize } from '../text.ts'
import { theme } from '../theme.ts'

/** Widths of the columns, in characters. What is left over goes to the process's name. */
export type Columns = {
  pid: number
  name: number
  count: number
  bar: number
  share: number
  /** Wakeups, and spurious ones, which found nothing: no width where there is no herd to see. */
  wakeups: number
  spurious: number
  /** How often it gave up its processor. */
  switches: number
  state: number
  cpu: number
  memory: number
}

export function columnsFor(width: number, hasHerd: boolean): Columns {
  const wide = width >= 90
  const always = { pid: 7, share: 7, cpu: 6, memory: 6 }
  const herd = { wakeups: 7, spurious: 8, switches: 8, count: 8, bar: 3, state: 12 }
  const noHerd = { wakeups: 0, spurious: 0, switches: 0, count: 10 }
  const rest = {
    ...always,
    ...(wide && hasHerd ? herd : { ...noHerd, bar: wide ? 12 : 6, state: wide ? 17 : 13 }),
  }
  const used = Object.values(rest).filter((columns) => columns > 0)
  const taken = used.reduce((sum, each) => sum + each + 1, 0) // a space after each
  return { ...rest, name: Math.max(8, width - taken) }
}

export function headerLine(columns: Columns, counts: string): string {
  const { pid, name, count, bar, share, wakeups, spurious, switches, state, cpu, memory } = columns
  return theme.dim(
    [
      alignRight('pid', pid),
      alignLeft('process', name),
      alignRight(counts, count),
      alignLeft('', bar),
      alignRight('share', share),
      ...(wakeups
        ? [alignRight('wakeups', wakeups), alignRight('spurious', spurious), alignRight('switches', switches)]
        : []),
      alignLeft('waits in', state),
      alignRight('cpu %', cpu),
      alignRight('memory', memory),
    ].join(' '),
  )
}

/** One process as a line of the tree. */
export function processLine(
  row: TreeRow,
  state: State,
  columns: Columns,
  scale: Scale,
  selected: boolean,
): string {
  const left = `${alignRight(String(row.id), columns.pid)} ${alignLeft(branch(row) + label(row, state), columns.name)}`
  const count = served(row)
  const counted = alignRight(countText(row, state), columns.count)
  const mark = selected ? theme.selected : (text: string) => text
  const begin = `${mark(left)} ${counted} `
  const { exited } = row.process
  // What it did is of no interest any more, but for the sum after a stop.
  if (exited && !row.thread && !endedByStop(state, row.process))
    return (
      begin +
      ended(row.process, state, restOf(columns, ['bar', 'share', 'wakeups', 'spurious', 'switches', ...LAST]))
    )
  const share = scale.total > 0 ? count / scale.total : 0
  const bars = bar(scale.most > 0 ? count / scale.most : 0, columns.bar)
  const percent = alignRight(scale.total > 0 ? `${(share * 100).toFixed(1)} %` : '', columns.share)
  const { wakeups, eagain } = row.counts
  const herd = columns.wakeups
    ? ` ${alignRight(grouped(wakeups), columns.wakeups)} ${alignRight(grouped(eagain), columns.spurious)} ${alignRight(row.thread ? '' : grouped(row.process.switches), columns.switches)}`
    : ''
  return `${begin}${paintBar(row, bars)} ${percent}${herd} ${lastColumns(row, state, columns)}`
}

const LAST = ['state', 'cpu', 'memory'] as const

/** The width of these columns together, with the spaces between them. */
function restOf(columns: Columns, names: readonly (keyof Columns)[]): number {
  const widths = names.map((name) => columns[name]).filter((width) => width > 0)
  return widths.reduce((sum, width) => sum + width + 1, -1)
}

/** What it got; `not seen` where nobody counts that. */
function countText(row: TreeRow, state: State): string {
  const isUnseen = !row.thread && got(row) === 0 && acceptsOf(state, row.process) === null
  return isUnseen ? 'not seen' : grouped(got(row))
}

function paintBar({ counts }: TreeRow, bars: string): string {
  return counts.accepts > 0 ? theme.accepts(bars) : theme.received(bars)
}

function branch({ last, depth }: TreeRow): string {
  if (depth === 0) return ''
  const above = last.slice(1, -1).map((isLast) => (isLast ? ' ' : '│'))
  return `${above.join('')}${last.at(-1) ? '└' : '├'}`
}

function label({ process, thread, role }: TreeRow, state: State): string {
  if (thread) return `· ${role}`
  const blind = isBlind(process) && !isPerfRead(state) ? ' (blind)' : ''
  const orphan = process.orphan && !process.exited ? ' (orphan)' : ''
  const name = process.title || (NODE.has(process.name) ? '' : process.name)
  return `${role}${name && ` ${name}`}${orphan}${blind}`
}

/** What a process of Node is called, by one version or another: that says nothing. */
const NODE = new Set(['node', 'node-MainThread', 'MainThread'])

const STATES: Record<string, string> = {
  R: 'runs',
  S: 'waits',
  D: 'waits (disk)',
  T: 'stopped',
  t: 'traced',
  I: 'idle',
}

function lastColumns({ process, thread }: TreeRow, state: State, columns: Columns): string {
  if (process.exited) return ended(process, state, restOf(columns, LAST))
  const { state: letter, waitsIn, cpuShare } = thread ?? process
  const waits = waitsIn && waitsIn !== 'running' ? waitsIn : (STATES[letter ?? ''] ?? '')
  const text = alignLeft(`${letter ?? '·'} ${letter === 'T' ? 'stopped' : waits}`, columns.state)
  const cpu = alignRight((cpuShare * 100).toFixed(1), columns.cpu)
  const memory = alignRight(!thread && process.memory > 0 ? shortSize(process.memory) : '', columns.memory)
  return `${letter === 'T' ? theme.stopped(text) : text} ${cpu} ${memory}`
}

/** A zombie with its age, or how a reaped process ended and who reaped it. */
function ended(process: Process, state: State, width: number): string {
  const { exited, reaped } = process
  const how = exited!.ending ? describeEnding(exited!.ending) : 'ended'
  const age = duration(state.now - exited!.at)
  if (!reaped) return theme.zombie(cut(`Z zombie ${age}: ${how}`, width))
  if (endedByStop(state, process)) return theme.dim(cut(`✗ ${how}`, width))
  const isBad = isBySignal(exited!.ending)
  const text = cut(`✗ ${how} ${age} ago, reaped after ${duration(reaped.at - exited!.at)}`, width)
  return isBad ? theme.bad(text) : theme.dim(text)
}
