import type { ThreadSample } from '../state/event.ts'
import { stripControl } from '../state/strip-control.ts'
import { listThreads } from './list-children.ts'
import { parseStat, TICK } from './proc-stat.ts'
import { readProc } from './read-proc.ts'
import { parseSyscall } from './system-calls.ts'

/** Of a process with more threads than this, only the first are looked at. */
const MOST_THREADS = 256

/** Samples of the process's threads but the first, which /proc/PID tells of already. */
export function sampleThreads(pid: number): ThreadSample[] {
  return listThreads(pid)
    .filter((tid) => tid !== pid)
    .slice(0, MOST_THREADS)
    .flatMap((tid) => sampleThread(`/proc/${pid}/task/${tid}`, tid) ?? [])
}

function sampleThread(folder: string, tid: number): ThreadSample | null {
  const text = readProc(`${folder}/stat`)
  if (text === null) return null
  const { name, state, cpu } = parseStat(text)
  const waitsIn = state === 'R' ? null : parseSyscall(readProc(`${folder}/syscall`) ?? '')
  return { tid, name: stripControl(name), state, cpu: cpu * TICK, waitsIn }
}
