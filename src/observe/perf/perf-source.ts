import { type ChildProcessByStdio, spawn } from 'node:child_process'
import type { Readable, Writable } from 'node:stream'
import { errnoName } from '../../../servers/posix/error.ts'
import { nativePath } from '../../../servers/posix/native.ts'
import { monotonic } from '../../clock.ts'
import type { Duration } from '../../state/event.ts'
import { decodePerfEvent } from './decode-perf-event.ts'
import type { PerfEvent, PerfSees } from './perf-event.ts'
import { type PerfRecord, RecordReader } from './read-records.ts'
import { RECORD } from './record-layout.ts'
import { AcceptSums } from './sum-accepts.ts'
import { type AcceptIds, idArguments, needsOf, type PerfNeeds } from './what-perf-needs.ts'

type Reader = ChildProcessByStdio<Writable, Readable, null>
type Order = { resolve(errno: number): void; reject(error: Error): void }

const STOP_LIMIT: Duration = 5000

export type PerfOptions = {
  /** Called with what happened, in the order of its time, at least ten times a second. */
  emit(events: PerfEvent[]): void
  ids?: AcceptIds
}

/**
 * Watches processes through the kernel's perf events, read by a process of its own. What happens is told from the
 * moment when add() has resolved.
 */
export class PerfSource {
  readonly #emit: PerfOptions['emit']
  readonly #process: Reader
  readonly #records = new RecordReader()
  readonly #orders: Order[] = []
  #sums = new AcceptSums(false)
  #needs: PerfNeeds | null = null
  #lost: number | null = 0
  #over: string | null = null
  #stopping = false
  #ready!: (needs: PerfNeeds) => void
  #failed!: (error: Error) => void
  readonly #ended: Promise<void>
  /** Resolves when it is known what may be seen. */
  readonly #opened = new Promise<PerfNeeds>((resolve, reject) => {
    this.#ready = resolve
    this.#failed = reject
  })

  private constructor({ emit, ids }: PerfOptions) {
    this.#emit = emit
    const path = nativePath('perf-reader')
    this.#process = spawn(path, idArguments(ids), { stdio: ['pipe', 'pipe', 'ignore'] })
    this.#process.stdin.on('error', () => {}) // it was killed, which its end tells, too
    this.#process.stdout.on('data', (bytes: Buffer) => this.#read(bytes))
    this.#ended = new Promise((resolve) => {
      this.#process.once('error', (error) => resolve(this.#end(`perf-reader: ${error.message}`)))
      this.#process.once('close', (_, signal) => resolve(this.#end(this.#whyEnded(signal))))
    })
  }

  /** Starts to watch. Rejects with a sentence when nothing may be seen, and throws when perf-reader is not built. */
  static async start(options: PerfOptions): Promise<PerfSource> {
    const source = new PerfSource(options)
    const needs = await source.#opened
    if (needs.available) return source
    await source.stop()
    throw new Error(needs.reason!)
  }

  get scope(): PerfNeeds['scope'] {
    return this.#needs!.scope
  }

  get sees(): PerfSees {
    return this.#needs!.sees
  }

  /** What is not seen and what would allow it, in one sentence; null when all is seen. */
  get reason(): string | null {
    return this.#needs!.reason
  }

  /** Why counts are less than what happened, in one sentence; null as long as they are exact. */
  get inexact(): string | null {
    if (this.#over) return this.#over
    if (this.#lost === 0) return null
    const records = this.#lost === null ? 'Some records' : `${this.#lost} records`
    return `${records} of perf were lost, since more happened than could be read: its counts may be too low.`
  }

  /** Watches the process and all that descend from it, now or later. Rejects with a sentence. */
  async add(pid: number): Promise<void> {
    const errno = await this.#order(`add ${pid}`)
    if (errno === 0) return
    const name = errnoName(errno)
    if (name === 'ESRCH') throw new Error(`There is no process ${pid}.`)
    if (name === 'EACCES' || name === 'EPERM')
      throw new Error(`Process ${pid} is another user's: run as root, or with CAP_PERFMON, to see it.`)
    throw new Error(`Process ${pid} cannot be watched by perf: ${name}.`)
  }

  /** Tells of each connection to these ports when it is established. Rejects with a sentence. */
  async watchPorts(ports: readonly number[]): Promise<void> {
    const errno = await this.#order(`ports ${ports.join(' ')}`)
    if (errno !== 0) throw new Error(`perf cannot tell of connections: ${errnoName(errno)}.`)
  }

  /** Resolves when all that happened before the call was emitted. Rejects when perf-reader has ended. */
  async settle(): Promise<void> {
    await this.#order('settle')
  }

  /** Emits what is left, then ends, within five seconds; it harms nothing to call it again. */
  async stop(): Promise<void> {
    this.#stopping = true
    this.#process.stdin.end()
    const limit = setTimeout(() => this.#process.kill('SIGKILL'), STOP_LIMIT)
    await this.#ended
    clearTimeout(limit)
  }

  /** The pid of perf-reader. */
  get pid(): number | undefined {
    return this.#process.pid
  }

  #order(text: string): Promise<number> {
    return new Promise((resolve, reject) => {
      if (this.#over || this.#stopping) return reject(new Error(this.#over ?? 'perf-reader was stopped.'))
      this.#orders.push({ resolve, reject })
      this.#process.stdin.write(`${text}\n`)
    })
  }

  #read(bytes: Buffer): void {
    if (this.#over) return
    try {
      const events = this.#records.read(bytes).flatMap((record) => this.#take(record))
      if (events.length > 0) this.#emit(events)
    } catch (error) {
      this.#process.kill('SIGKILL')
      this.#end((error as Error).message)
    }
  }

  #take(record: PerfRecord): PerfEvent[] {
    const { kind, at, pid, a, b } = record
    if (this.#needs === null) return this.#open(record)
    if (kind === RECORD.forked || kind === RECORD.found) this.#sums.begin(pid, at)
    if (kind === RECORD.accepts) this.#sums.add(record)
    if (kind === RECORD.lost) this.#lost = a === 0 || this.#lost === null ? null : this.#lost + a
    if (kind === RECORD.told) return [...this.#takeSums(at), { type: 'perf-read', at, lost: this.#lost }]
    if (kind === RECORD.done) this.#answer(b)
    const event = decodePerfEvent(record)
    if (!event) return []
    if (event.type !== 'ended') return [event]
    const sums = this.#takeSums(at)
    this.#sums.end(pid)
    return [...sums, event]
  }

  #open(record: PerfRecord): PerfEvent[] {
    this.#needs = needsOf(record)
    this.#sums = new AcceptSums(this.#needs.sees.eagain)
    this.#ready(this.#needs)
    return []
  }

  #takeSums(at: number): PerfEvent[] {
    const changes = this.#sums.take()
    return changes.length > 0 ? [{ type: 'accepted', at, changes }] : []
  }

  /** The order is answered after what came before it was emitted. */
  #answer(errno: number): void {
    const order = this.#orders.shift()
    queueMicrotask(() => order?.resolve(errno))
  }

  #whyEnded(signal: NodeJS.Signals | null): string | null {
    if (this.#stopping && signal === null) return null
    return `perf-reader ended too early${signal ? `, by ${signal}` : ''}: from then on nothing was seen by perf.`
  }

  #end(reason: string | null): void {
    if (this.#over) return
    this.#over = reason
    this.#failed(new Error(reason ?? 'perf-reader was stopped.'))
    for (const order of this.#orders.splice(0)) order.reject(new Error(reason ?? 'perf-reader was stopped.'))
    // What a half record would have told is among what is missing.
    if (this.#needs?.available) this.#emit([{ type: 'perf-ended', at: monotonic(), reason }])
  }
}
