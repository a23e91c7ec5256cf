import type { Duration, ProcessSample } from '../state/event.ts'
import { stripControl } from '../state/strip-control.ts'
import { listThreads } from './list-children.ts'
import { commandOf } from './process-facts.ts'
import { readProc } from './read-proc.ts'
import { parseSignalMask } from './signal-mask.ts'

const LONGEST_TITLE = 60
/** Of a process with more threads than this, only the first are summed up. */
const MOST_THREADS = 256

export type Status = Required<Pick<ProcessSample, 'catches' | 'ignores' | 'switches' | 'runDelay'>> &
  Pick<ProcessSample, 'title'>

/** What seldom changes of a process, or is dear to read: it is asked for now and then. */
export function readStatus(pid: number, threads: number): Status {
  const status = readProc(`/proc/${pid}/status`) ?? ''
  const title = readTitle(pid)
  return {
    catches: parseSignalMask(status, 'SigCgt'),
    ignores: parseSignalMask(status, 'SigIgn'),
    ...(threads > 1 ? sumOfThreads(pid) : waitsOf(`/proc/${pid}`, status)),
    ...(title !== null && { title }),
  }
}

function sumOfThreads(pid: number): Pick<Status, 'switches' | 'runDelay'> {
  const sum = { switches: 0, runDelay: 0 }
  for (const tid of listThreads(pid).slice(0, MOST_THREADS)) {
    const { switches, runDelay } = waitsOf(`/proc/${pid}/task/${tid}`)
    sum.switches += switches
    sum.runDelay += runDelay
  }
  return sum
}

/**
 * How often a thread gave up its processor to wait, and how long it could run and was not let, in milliseconds.
 * Source: proc_pid_status(5); sched-stats in the kernel's documentation, whose second figure is in nanoseconds.
 */
function waitsOf(
  folder: string,
  status = readProc(`${folder}/status`) ?? '',
): { switches: number; runDelay: Duration } {
  const switches = Number(/^voluntary_ctxt_switches:\s*(\d+)/m.exec(status)?.[1] ?? 0)
  const runDelay = Number(readProc(`${folder}/schedstat`)?.split(' ')[1] ?? 0) / 1e6
  return { switches, runDelay }
}

/**
 * What the process calls itself in the place of its command line, as `nginx: worker process`; null when that is a
 * command line, whose words are apart. Source: setproctitle(3).
 */
function readTitle(pid: number): string | null {
  const words = commandOf(pid)
  const [title = ''] = words
  return words.length === 1 && title.includes(' ') ? stripControl(title.trim()).slice(0, LONGEST_TITLE) : null
}
