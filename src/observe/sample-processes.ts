import { readFileSync } from 'node:fs'
import { monotonic } from '../clock.ts'
import { endingOf } from '../state/ending.ts'
import type { Duration, Instant, ProcessSample } from '../state/event.ts'
import { stripControl } from '../state/strip-control.ts'
import { listChildren } from './list-children.ts'
import { PAGE_SIZE } from './page-size.ts'
import { isZombie, type ProcStat, statOf, TICK } from './proc-stat.ts'
import { parentOf } from './process-facts.ts'
import { readProc } from './read-proc.ts'
import { readStatus, type Status } from './read-status.ts'
import { sampleThreads } from './sample-threads.ts'
import { isMapped } from './shared-mapping.ts'
import { parseSyscall } from './system-calls.ts'

/** No tree of processes is deeper than this. */
const MOST_DEPTH = 1000
const STATUS_INTERVAL: Duration = 1000
/** A younger process is still setting its handlers, and changes its name. */
const YOUNG: Duration = 2000

type Known = {
  /** Which program it runs, as far as can be told without looking at its memory: another one after exec. */
  program: string
  probed: boolean
  startTime: number
  statusAt: Instant
  /** It was not there at the last look. */
  missing: boolean
  /** Whether its ancestors lead to the launcher; null before that was looked at. */
  isBelow: boolean | null
  /** As it was at `statusAt`; null before. */
  status: Status | null
}

/**
 * Follows the processes below one pid through /proc. A large tree is sampled a part at a time, so that looking
 * costs no more than `budget` milliseconds a call.
 */
export class ProcessSampler {
  /** Whether threads are looked at, too. */
  withThreads = false
  readonly #root: number
  /** What a mapping of the probe's file looks like. */
  readonly #mapping: string
  readonly #known = new Map<number, Known>()
  #queue: number[] = []
  /** What to subtract from a start time since boot to get CLOCK_MONOTONIC. */
  readonly #bootOffset: Duration

  /** Processes below `root`, and itself if asked for; `mapping` is what tells that the probe is in one: see shared-mapping.ts. */
  constructor(root: number, mapping: string, { includesRoot = false } = {}) {
    this.#root = root
    this.#mapping = mapping
    if (includesRoot) this.#add(root, false)
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

  /**
   * Samples of processes that are there, the pids of followed ones that are gone, and of those that are not
   * below the launcher, whatever was told of them. `withStatus` reads anew what
   * is looked at only now and then: signals and context switches.
   */
  sample(
    budget: Duration,
    { withStatus = false } = {},
  ): { processes: ProcessSample[]; gone: number[]; strangers: number[] } {
    const strangers: number[] = []
    const processes: ProcessSample[] = []
    const gone: number[] = []
    const end = monotonic() + budget
    if (withStatus) for (const known of this.#known.values()) known.statusAt = -Infinity
    this.#discover(this.#root)
    // The last look starts anew: those that were due next are not the only ones that count.
    if (this.#queue.length === 0 || withStatus) this.#queue = [...this.#known.keys()]
    while (this.#queue.length > 0) {
      const pid = this.#queue.pop()!
      const known = this.#known.get(pid)
      if (!known) continue
      const sample = this.#sampleOne(pid, known)
      if (sample) processes.push(sample)
      else if (known.isBelow === false) {
        this.#known.delete(pid)
        strangers.push(pid)
      } else if (known.probed && !known.missing) {
        // What the probe noted of its end is still to be read, and says more.
        known.missing = true
      } else {
        this.#known.delete(pid)
        gone.push(pid)
      }
      if (monotonic() > end) break
    }
    // The elder first: children get their numbers in the order in which they are told.
    processes.sort((a, b) => a.startTicks - b.startTicks || a.pid - b.pid)
    return { processes, gone, strangers }
  }

  /** Whether the ancestors lead to the launcher, which adopts every orphan of the server. */
  #isBelow(parent: number): boolean {
    for (let pid = parent, depth = 0; pid > 1 && depth < MOST_DEPTH; depth++) {
      if (pid === this.#root || this.#known.get(pid)?.isBelow) return true
      const parent = parentOf(pid)
      // It has just ended: whom it leaves goes to the launcher.
      if (parent === null) return true
      pid = parent
    }
    return false
  }

  #discover(parent: number): void {
    for (const pid of listChildren(parent)) if (!this.#known.has(pid)) this.#add(pid, false)
  }

  #add(pid: number, probed: boolean): void {
    this.#known.set(pid, {
      program: '',
      probed,
      startTime: 0,
      statusAt: -Infinity,
      missing: false,
      isBelow: null,
      status: null,
    })
    this.#queue.push(pid)
  }

  #sampleOne(pid: number, known: Known): ProcessSample | null {
    const stat = statOf(pid)
    if (!stat) return null
    // The pid was given to another process since: the one that we followed is gone.
    if (known.startTime !== 0 && known.startTime !== stat.startTime) return null
    known.startTime = stat.startTime
    known.isBelow ??= pid === this.#root || this.#isBelow(stat.parent)
    if (!known.isBelow) return null
    const hasEnded = isZombie(stat)
    if (!hasEnded) {
      this.#discover(pid)
      this.#look(pid, known, stat)
    }
    return {
      pid,
      parent: stat.parent,
      born: stat.startTime * TICK - this.#bootOffset,
      startTicks: stat.startTime,
      name: stripControl(stat.name),
      state: stat.state === 'Z' && !hasEnded ? 'S' : stat.state,
      cpu: stat.cpu * TICK,
      memory: stat.residentPages * PAGE_SIZE,
      threads: stat.threads,
      waitsIn: hasEnded || stat.state === 'R' ? null : parseSyscall(readProc(`/proc/${pid}/syscall`) ?? ''),
      ...(this.withThreads && stat.threads > 1 && { threadList: sampleThreads(pid) }),
      probed: known.probed,
      ...(hasEnded && { ending: endingOf(stat.exitCode) }),
      ...known.status,
    }
  }

  /** What seldom changes: whether the probe is in it (exec may take it out), and which signals it handles. */
  #look(pid: number, known: Known, stat: ProcStat): void {
    const program = `${stat.startCode} ${stat.startStack} ${stat.name}`
    if (known.program !== program) {
      // What the probe told is enough of one that was forked and runs what its parent runs: exec may take it out.
      const isForked = known.program === '' && this.#known.get(stat.parent)?.program === program
      if (!known.probed || !isForked) known.probed = isMapped(pid, this.#mapping)
      known.program = program
    }
    const isYoung = monotonic() - (stat.startTime * TICK - this.#bootOffset) < YOUNG
    if (!isYoung && monotonic() - known.statusAt < STATUS_INTERVAL) return
    known.statusAt = monotonic()
    known.status = readStatus(pid, stat.threads)
  }
}
