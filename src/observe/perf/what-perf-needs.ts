import { execa } from 'execa'
import { errnoName } from '../../../servers/posix/error.ts'
import { nativePath } from '../../../servers/posix/native.ts'
import type { PerfSees } from './perf-event.ts'
import { type PerfRecord, RecordReader } from './read-records.ts'
import { RECORD, SCOPE, SEES, TRACEFS } from './record-layout.ts'

export type PerfNeeds = {
  available: boolean
  /** Processes of anybody, or one's own alone. */
  scope: 'system' | 'own' | 'none'
  sees: PerfSees
  /** One sentence: what is missing, and what would allow it; null when nothing is. */
  reason: string | null
}

/** The ids of the tracepoints sys_exit_accept and sys_exit_accept4, for a user who may not read tracefs. */
export type AcceptIds = { accept: number; accept4: number }

/** Finds out what perf would show to this user on this machine, without watching anything. Does not reject. */
export async function whatPerfNeeds(ids?: AcceptIds): Promise<PerfNeeds> {
  try {
    const { stdout } = await execa(nativePath('perf-reader'), ['check', ...idArguments(ids)], {
      stdin: 'ignore',
      stderr: 'ignore',
      encoding: 'buffer',
      reject: false,
    })
    const [record] = new RecordReader().read(Buffer.from(stdout))
    return record ? needsOf(record) : nothing('perf-reader does not run on this machine.')
  } catch (error) {
    return nothing((error as Error).message)
  }
}

export function idArguments(ids: AcceptIds | undefined): string[] {
  return ids ? [`${ids.accept}`, `${ids.accept4}`] : []
}

/** What the first record of perf-reader, READY or REFUSED, says. */
export function needsOf(record: PerfRecord): PerfNeeds {
  const { kind, pid: tracefs, a, b, d: paranoid } = record
  if (kind === RECORD.refused) return nothing(whyRefused(a, paranoid))
  if (kind !== RECORD.ready) return nothing('perf-reader wrote what is no record of its own.')
  const sees = seesOf(b)
  if (a === SCOPE.own) return { available: true, scope: 'own', sees, reason: whyOwn(sees, paranoid) }
  return { available: true, scope: 'system', sees, reason: whyLess(sees, tracefs) }
}

export function seesOf(bits: number): PerfSees {
  return Object.fromEntries(Object.entries(SEES).map(([name, bit]) => [name, (bits & bit) !== 0])) as PerfSees
}

function nothing(reason: string): PerfNeeds {
  return { available: false, scope: 'none', sees: seesOf(0), reason }
}

function whyRefused(errno: number, paranoid: number): string {
  const name = errnoName(errno)
  if (name === 'ENOSYS' || name === 'ENOENT') return 'This kernel was built without perf events.'
  if (name === 'EMFILE') return 'Too many descriptors would be needed: raise the limit with ulimit -n.'
  if (name !== 'EACCES' && name !== 'EPERM') return `perf_event_open failed: ${name}.`
  if (paranoid > 2)
    return `kernel.perf_event_paranoid is ${paranoid}: set it to 2 to see your own processes, or run as root or with CAP_PERFMON to see all.`
  return 'perf_event_open is forbidden here, in a container for example by its seccomp profile: allow that call, and CAP_PERFMON.'
}

function whyOwn({ accepts }: PerfSees, paranoid: number): string {
  const seen = accepts ? 'forks, ends and accepts' : 'forks and ends'
  const unread = accepts ? '' : ' (the ids of accept are in tracefs, which root may read)'
  return `Of your own processes alone, ${seen} are seen${unread}: run as root, or with CAP_PERFMON and access to tracefs, to see all (kernel.perf_event_paranoid is ${paranoid}).`
}

function whyLess(sees: PerfSees, tracefs: number): string | null {
  if (tracefs === TRACEFS.unreadable)
    return 'Forks and ends alone are seen, since tracefs cannot be read or mounted: run as root, or make /sys/kernel/tracing readable.'
  if (tracefs === TRACEFS.missing)
    return 'Forks and ends alone are seen, since this kernel was built without tracepoints.'
  const missing = Object.entries(sees).flatMap(([name, seen]) => (seen ? [] : [name]))
  if (missing.length === 0) return null
  return `Not seen: ${missing.join(', ')}, since this kernel lacks their tracepoints (CONFIG_FTRACE_SYSCALLS).`
}
