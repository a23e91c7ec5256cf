import { readProc } from './read-proc.ts'

/** A clock tick in milliseconds: USER_HZ is 100 on every Linux that Node runs on. */
export const TICK = 10

/** What the sampler takes from /proc/PID/stat. Times in clock ticks, memory in pages. Source: proc_pid_stat(5). */
export type ProcStat = {
  name: string
  state: string
  parent: number
  group: number
  session: number
  cpu: number
  threads: number
  startTime: number
  residentPages: number
  /** Where its program begins, and its stack: other places after exec. 0 when it is not ours to know. */
  startCode: string
  startStack: string
  /** The wait status that a zombie leaves. */
  exitCode: number
}

/** What /proc says of a process now; null when there is none, or it is not ours to see. */
export function statOf(pid: number | 'self'): ProcStat | null {
  const text = readProc(`/proc/${pid}/stat`)
  return text === null ? null : parseStat(text)
}

/** Whether nothing of it runs any more. With other threads left, only the first one has ended. */
export function isZombie({ state, threads }: ProcStat): boolean {
  return state === 'Z' && threads <= 1
}

/** Parses /proc/PID/stat. The name may hold anything, spaces and parentheses too: it ends at the last ')'. */
export function parseStat(text: string): ProcStat {
  const open = text.indexOf('(')
  const close = text.lastIndexOf(')')
  const fields = text.slice(close + 2).split(' ')
  // The first of these is the third in the manual page.
  const field = (number: number) => Number(fields[number - 3])
  return {
    name: text.slice(open + 1, close),
    state: fields[0]!,
    parent: field(4),
    group: field(5),
    session: field(6),
    cpu: field(14) + field(15),
    threads: field(20),
    startTime: field(22),
    residentPages: field(24),
    startCode: fields[26 - 3] ?? '0',
    startStack: fields[28 - 3] ?? '0',
    exitCode: field(52),
  }
}
