import type { Duration, FoundProtocol } from '../state/event.ts'
import { Arrivals } from './arrivals.ts'
import { Client, type Progress } from './client.ts'
import { type Job, jobFor } from './job.ts'
import type { LocalInstant } from './local-instant.ts'
import type { Metrics } from './metrics.ts'
import { type Auto, autoProtocol, protocols } from './protocols/index.ts'
import type { WorkerPlan } from './worker-messages.ts'

type Waiting = { client: Client; from: LocalInstant }

/** A Unix socket whose queue is full is tried again after this. */
const BLOCKED_PAUSE: Duration = 1

/** The clients of one worker: who makes a request and when, as the plan says, which may change meanwhile. */
export class ClientPool {
  readonly #epoll: number
  readonly #metrics: Metrics
  readonly #clients: Client[] = []
  /** Clients that have nothing under way, each with the time from which it may make its next request. */
  #waiting: Waiting[] = []
  readonly #blocked = new Set<Client>()
  #plan!: WorkerPlan
  #job!: Job
  /** Finds out what the server speaks; null when that is known. */
  #auto: Auto | null = null
  /** What was found. */
  found: FoundProtocol | null = null
  #arrivals: Arrivals | null = null
  #startedAt: LocalInstant | null = null
  #isOver = false
  /** Connections of the plan that have begun, and how many of them have not ended. */
  #begun = 0
  #open = 0

  constructor(epoll: number, metrics: Metrics) {
    this.#epoll = epoll
    this.#metrics = metrics
  }

  /** Goes on by this plan; connections that have begun go on as they began. */
  follow(plan: WorkerPlan, now: LocalInstant): void {
    this.#plan = plan
    this.#auto = plan.service === 'auto' ? autoProtocol(plan, plan.silenceLimits) : null
    this.#job = jobFor(plan, plan.service === 'auto' ? this.#auto! : protocols[plan.service](plan))
    if (!this.#auto) this.#start(now)
    const { clients, think } = plan
    // Who thinks does so no longer than it would by this plan.
    this.#waiting = this.#waiting
      .filter(({ client }) => client.isOpen || client.id < clients)
      .map(({ client, from }) => ({ client, from: Math.min(from, now + think) }))
    const waiting = new Set(this.#waiting.map(({ client }) => client))
    for (let id = 0; id < clients; id++) {
      const client = this.#clients[id] ?? new Client(this.#epoll, id, this.#metrics)
      this.#clients[id] = client
      if (!client.isOpen && !waiting.has(client)) this.#waiting.push({ client, from: now })
    }
    this.#waiting.sort((a, b) => a.from - b.from)
  }

  #start(now: LocalInstant): void {
    const { rate, phase } = this.#plan
    this.#startedAt ??= now
    if (rate === 0) this.#arrivals = null
    else if (this.#arrivals) this.#arrivals.setRate(rate)
    else this.#arrivals = new Arrivals(rate, now, phase)
  }

  get #total(): number {
    if (this.#isOver) return this.#begun
    return this.#plan.duration === null ? this.#plan.clients * this.#plan.connections : Infinity
  }

  get #deadline(): LocalInstant {
    const { duration } = this.#plan
    return this.#isOver || duration === null || this.#startedAt === null
      ? Infinity
      : this.#startedAt + duration
  }

  /** How many connections there will have been in the end, as things stand; with a duration, so far. */
  get planned(): number {
    const total = this.#total
    return total === Infinity ? this.#begun : Math.max(this.#begun, total)
  }

  get isDone(): boolean {
    return this.#open === 0 && this.#begun >= this.#total
  }

  /** Makes the requests that are due. */
  turn(now: LocalInstant): void {
    this.#connectBlocked()
    if (now >= this.#deadline) this.#finish()
    if (this.#auto && (!this.#plan.asks || this.#open > 0)) return
    // Who fails at once waits behind the others for the next turn, so that a stop has its chance.
    for (let left = this.#waiting.length; left > 0; left--) {
      const { client, from } = this.#waiting[0]!
      const isLeftOver = !client.isOpen && this.#begun >= this.#total
      if (!isLeftOver && (from > now || (this.#arrivals && this.#arrivals.next > now))) return
      this.#waiting.shift()
      if (isLeftOver) continue
      if (this.#proceed(client, this.#arrivals?.take() ?? performance.now()) !== null) this.#rest(client)
      if (this.#auto) return
    }
  }

  /** When the next turn is due; Infinity when only an answer, or the end of a connection, can bring it. */
  get nextTurn(): LocalInstant {
    const retry = this.#blocked.size > 0 ? performance.now() + BLOCKED_PAUSE : Infinity
    const soonest = Math.min(retry, this.#deadline)
    if (this.#waiting.length === 0 || (this.#auto && (!this.#plan.asks || this.#open > 0))) return soonest
    return Math.min(soonest, Math.max(this.#waiting[0]!.from, this.#arrivals?.next ?? 0))
  }

  /** Something can be done on the connection of that client. */
  ready(id: number): void {
    const client = this.#clients[id]!
    this.#after(client, client.ready())
  }

  /** Gives up connections that made no progress, and closes those whose server does not. */
  checkTimes(now: LocalInstant): void {
    for (const client of this.#clients) this.#after(client, client.checkTime(now, this.#plan.idleTimeout))
  }

  /** No further request is made; connections are closed, and those with one under way count for nothing. */
  stop(): void {
    this.#isOver = true
    this.#blocked.clear()
    for (const client of this.#clients) if (client.isOpen) client.abandon()
    this.#open = 0
  }

  #connectBlocked(): void {
    for (const client of [...this.#blocked]) {
      this.#blocked.delete(client)
      if (client.isBlocked) this.#after(client, client.connect())
    }
  }

  /** The time is over: requests under way are still answered, no others are made. */
  #finish(): void {
    this.#isOver = true
    for (const { client } of this.#waiting.splice(0)) if (client.isOpen) this.#end(client)
  }

  #end(client: Client): void {
    client.finish()
    this.#open--
  }

  #proceed(client: Client, dueAt: LocalInstant): Progress {
    const progress = client.isOpen ? client.next(dueAt) : this.#begin(client, dueAt)
    if (progress === 'over') this.#open--
    if (client.isBlocked) this.#blocked.add(client)
    return progress
  }

  #begin(client: Client, dueAt: LocalInstant): Progress {
    this.#begun++
    this.#open++
    return client.begin(this.#job, dueAt)
  }

  /** The usual way is the short one: the next request follows at once. */
  #after(client: Client, progress: Progress): void {
    if (this.#auto?.found) this.#take(this.#auto.found)
    if (client.isBlocked) this.#blocked.add(client)
    if (progress === null) return
    if (progress === 'over') this.#open--
    if (!this.#mayGoOn(client) || this.#proceed(client, performance.now()) !== null) this.#rest(client)
  }

  #mayGoOn(client: Client): boolean {
    if (this.#arrivals || this.#plan.think > 0 || this.#isOver) return false
    if (client.isOpen) return true
    return this.#waiting.length === 0 && this.#begun < this.#total && client.id < this.#plan.clients
  }

  #rest(client: Client): void {
    if (this.#isOver && client.isOpen) this.#end(client)
    const { clients, think } = this.#plan
    if (client.isOpen || (client.id < clients && !this.#isOver))
      this.#waiting.push({ client, from: think > 0 ? performance.now() + think : 0 })
  }

  /** From now on all clients speak what was found; the one that found it already does. */
  #take(found: FoundProtocol): void {
    this.found = found
    this.#auto = null
    this.#plan = { ...this.#plan, service: found.service }
    this.#job = jobFor(this.#plan, protocols[found.service](this.#plan))
    this.#start(performance.now())
  }
}
