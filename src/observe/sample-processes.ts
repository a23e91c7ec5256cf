import { readFileSync } from 'node:fs'
import { monotonic } from '../clock.ts'
import { endingOf } from '../state/ending.ts'
import type { Millis, ProcessSample } from '../state/event.ts'
import { stripControl } from '../state/strip-control.ts'
import { listChildren } from './list-children.ts'
import { PAGE_SIZE } from './page-size.ts'
import { type ProcStat, parseStat, TICK } from './proc-stat.ts'
import { readProc } from './read-proc.ts'
import { sampleThreads } from './sample-threads.ts'
import { parseSignalMask } from './signal-mask.ts'
import { parseSyscall } from './system-calls.ts'

const STATUS_INTERVAL: Millis = 1000

type Known = {
  name: string
  probed: boolean
  startTime: number
  statusAt: Millis
  /** It was not there at the last look. */
  missing: boolean
  catches?: string[]
  switches?: number
  ignores?: string[]
}

/**
 * Follows the processes below one pid through /proc. A large tree is sampled a part at a time, so that looking
 * costs no more than `budget` milliseconds a call.
 */
export class ProcessSampler {
  /** Whether threads are looked at, too. */
  withThreads = false
  readonly #root: number
  readonly #probePath: string
  readonly #known = new Map<number, Known>()
  #queue: number[] = []
  /** What to subtract from a start time since boot to get CLOCK_MONOTONIC. */
  readonly #bootOffset: Millis

  constructor(root: number, probePath: string) {
    this.#root = root
    this.#probePath = probePath
    this.#bootOffset = Number(readFileSync('/proc/uptime', 'utf8').split(' ')[0]) * 1000 - monotonic()
  }

  /** Follows a process that the probe told of, so that even a short-lived one may be seen. */
  follow(pid: number): void {
    const known = this.#known.get(pid)
    if (known) known.probed = true
    else this.#add(pid, true)
  }

  /** No more of a process that was reaped. */
  forget(pid: number): void {
    this.#known.delete(pid)
  }

  /** Samples of processes that are there, and the pids of followed ones that are gone. */
  sample(budget: Millis): { processes: ProcessSample[]; gone: number[] } {
    const processes: ProcessSample[] = []
    const gone: number[] = []
    const end = monotonic() + budget
    this.#discover(this.#root)
    if (this.#queue.length === 0) this.#queue = [...this.#known.keys()]
    while (this.#queue.length > 0) {
      const pid = this.#queue.pop()!
      const known = this.#known.get(pid)
      if (!known) continue
      const sample = this.#sampleOne(pid, known)
      if (sample) processes.push(sample)
      else if (known.probed && !known.missing) {
        // What the probe noted of its end is still to be read, and says more.
        known.missing = true
      } else {
        this.#known.delete(pid)
        gone.push(pid)
      }
      if (monotonic() > end) break
    }
    return { processes, gone }
  }

  #discover(parent: number): void {
    for (const pid of listChildren(parent)) if (!this.#known.has(pid)) this.#add(pid, false)
  }

  #add(pid: number, probed: boolean): void {
    this.#known.set(pid, { name: '', probed, startTime: 0, statusAt: -Infinity, missing: false })
    this.#queue.push(pid)
  }

  #sampleOne(pid: number, known: Known): ProcessSample | null {
    const text = readProc(`/proc/${pid}/stat`)
    if (text === null) return null
    const stat = parseStat(text)
    // The pid was given to another process since: the one that we followed is gone.
    if (known.startTime !== 0 && known.startTime !== stat.startTime) return null
    known.startTime = stat.startTime
    const isZombie = stat.state === 'Z'
    if (!isZombie) {
      this.#discover(pid)
      this.#look(pid, known, stat)
    }
    return {
      pid,
      parent: stat.parent,
      born: stat.startTime * TICK - this.#bootOffset,
      startTicks: stat.startTime,
      name: stripControl(stat.name),
      state: stat.state,
      cpu: stat.cpu * TICK,
      memory: stat.residentPages * PAGE_SIZE,
      threads: stat.threads,
      waitsIn: isZombie || stat.state === 'R' ? null : parseSyscall(readProc(`/proc/${pid}/syscall`) ?? ''),
      ...(this.withThreads && stat.threads > 1 && { threadList: sampleThreads(pid) }),
      probed: known.probed,
      ...(isZombie && { ending: endingOf(stat.exitCode) }),
      ...(known.catches && { catches: known.catches }),
      ...(known.ignores && { ignores: known.ignores }),
      ...(known.switches !== undefined && { switches: known.switches }),
    }
  }

  /** What seldom changes: whether the probe is in it (exec may take it out), and which signals it handles. */
  #look(pid: number, known: Known, stat: ProcStat): void {
    if (known.name !== stat.name) {
      // At first the probe's own word is enough; a new name may mean another program.
      if (!known.probed || known.name !== '') known.probed = hasProbe(pid, this.#probePath)
      known.name = stat.name
    }
    if (monotonic() - known.statusAt < STATUS_INTERVAL) return
    known.statusAt = monotonic()
    const status = readProc(`/proc/${pid}/status`) ?? ''
    known.catches = parseSignalMask(status, 'SigCgt')
    known.ignores = parseSignalMask(status, 'SigIgn')
    known.switches = Number(/^voluntary_ctxt_switches:\s*(\d+)/m.exec(status)?.[1] ?? 0)
  }
}

function hasProbe(pid: number, probePath: string): boolean {
  return readProc(`/proc/${pid}/maps`)?.includes(probePath) ?? false
}
