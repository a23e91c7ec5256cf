import { grouped } from '../../report/format.ts'
import { describeEnding } from '../../state/ending.ts'
import type { Process, State } from '../../state/state.ts'
import type { TreeRow } from '../../state/tree.ts'
import { alignLeft, alignRight, bar, cut, duration, shortSize } from '../text.ts'
import { theme } from '../theme.ts'

/** Widths of the columns, in characters. What is left over goes to the process's name. */
export type Columns = {
  pid: number
  name: number
  count: number
  bar: number
  share: number
  /** Wakeups, and accepts that found nothing: no width where there is no herd to see. */
  wakeups: number
  empty: number
  state: number
  cpu: number
  memory: number
}

export function columnsFor(width: number, hasHerd: boolean): Columns {
  const wide = width >= 88
  const rest = {
    pid: 7,
    count: 10,
    share: 7,
    cpu: 6,
    memory: 6,
    ...(wide && hasHerd
      ? { wakeups: 10, empty: 9, bar: 5, state: 13 }
      : { wakeups: 0, empty: 0, bar: wide ? 12 : 6, state: wide ? 17 : 13 }),
  }
  const used = Object.values(rest).filter((columns) => columns > 0)
  const taken = used.reduce((sum, each) => sum + each + 1, 0) // a space after each
  return { ...rest, name: Math.max(8, width - taken) }
}

export function headerLine(columns: Columns, counts: string): string {
  const { pid, name, count, bar, share, wakeups, empty, state, cpu, memory } = columns
  return theme.dim(
    [
      alignRight('pid', pid),
      alignLeft('process', name),
      alignRight(counts, count),
      alignLeft('', bar),
      alignRight('share', share),
      ...(wakeups ? [alignRight('wakeups', wakeups), alignRight('empty', empty)] : []),
      alignLeft('waits in', state),
      alignRight('cpu %', cpu),
      alignRight('memory', memory),
    ].join(' '),
  )
}

/** What the shares and bars of all rows are measured against. */
export type Scale = { total: number; most: number }

/** One process as a line of the tree. */
export function processLine(
  row: TreeRow,
  state: State,
  columns: Columns,
  scale: Scale,
  selected: boolean,
): string {
  const left = `${alignRight(String(row.id), columns.pid)} ${alignLeft(branch(row) + label(row), columns.name)}`
  const count = served(row)
  const counted = alignRight(grouped(got(row)), columns.count)
  const share = scale.total > 0 ? count / scale.total : 0
  const bars = bar(scale.most > 0 ? count / scale.most : 0, columns.bar)
  const percent = alignRight(scale.total > 0 ? `${(share * 100).toFixed(1)} %` : '', columns.share)
  const { wakeups, eagain } = row.counts
  const herd = columns.wakeups
    ? ` ${alignRight(grouped(wakeups), columns.wakeups)} ${alignRight(grouped(eagain), columns.empty)}`
    : ''
  const middle = `${counted} ${paintBar(row, bars)} ${percent}${herd}`
  const rest = columns.state + columns.cpu + columns.memory + 2
  const mark = selected ? theme.selected : (text: string) => text
  return `${mark(left)} ${middle} ${lastColumns(row, state, columns, rest)}`
}

/** Connections that it got: accepted by itself, or passed to it as descriptors. */
function got({ counts }: TreeRow): number {
  return counts.accepts > 0 ? counts.accepts : counts.received
}

/**
 * Connections that it served: a parent that passes on what it accepts is no rival of its children, nor a process
 * with threads of its threads.
 */
export function served(row: TreeRow): number {
  return row.isSum ? 0 : Math.max(0, got(row) - row.counts.passed)
}

function paintBar({ counts }: TreeRow, bars: string): string {
  return counts.accepts > 0 ? theme.accepts(bars) : theme.received(bars)
}

function branch({ last, depth }: TreeRow): string {
  if (depth === 0) return ''
  const above = last.slice(1, -1).map((isLast) => (isLast ? ' ' : '│'))
  return `${above.join('')}${last.at(-1) ? '└' : '├'}`
}

function label({ process, thread, role }: TreeRow): string {
  if (thread) return `· ${role}`
  const blind = process.sampledAt > 0 && !process.probed ? ' (blind)' : ''
  const orphan = process.orphan && !process.exited ? ' (orphan)' : ''
  const name = process.name === '' || process.name === 'node' ? '' : ` ${process.name}`
  return `${role}${name}${orphan}${blind}`
}

const STATES: Record<string, string> = {
  R: 'runs',
  S: 'waits',
  D: 'waits (disk)',
  T: 'stopped',
  t: 'traced',
  I: 'idle',
}

function lastColumns({ process, thread }: TreeRow, state: State, columns: Columns, width: number): string {
  if (process.exited) return ended(process, state, width)
  const { state: letter, waitsIn, cpuShare } = thread ?? process
  const waits = waitsIn && waitsIn !== 'running' ? waitsIn : (STATES[letter ?? ''] ?? '')
  const text = alignLeft(`${letter ?? '·'} ${letter === 'T' ? 'stopped' : waits}`, columns.state)
  const cpu = alignRight((cpuShare * 100).toFixed(1), columns.cpu)
  const memory = alignRight(!thread && process.memory > 0 ? shortSize(process.memory) : '', columns.memory)
  return `${letter === 'T' ? theme.stopped(text) : text} ${cpu} ${memory}`
}

/** A zombie with its age, or how a reaped process ended and who reaped it. */
function ended({ exited, reaped }: Process, state: State, width: number): string {
  const how = exited!.ending ? describeEnding(exited!.ending) : 'ended'
  if (!reaped) return theme.zombie(cut(`Z zombie ${duration(state.now - exited!.at)}: ${how}`, width))
  const isBad = exited!.ending && 'signal' in exited!.ending
  const text = cut(
    `✗ ${how} ${duration(state.now - exited!.at)} ago, reaped after ${duration(reaped.at - exited!.at)}`,
    width,
  )
  return isBad ? theme.bad(text) : theme.dim(text)
}
