import { socketAddress } from '../../servers/posix/socket.ts'
import type { Millis } from '../state/event.ts'
import { Arrivals } from './arrivals.ts'
import { Client, type Job } from './client.ts'
import type { Metrics } from './metrics.ts'
import { protocolOf } from './protocol.ts'
import type { WorkerPlan } from './worker-messages.ts'

type Waiting = { client: Client; from: Millis }

/** The clients of one worker: who begins a connection and when, as the plan says, which may change meanwhile. */
export class ClientPool {
  readonly #epoll: number
  readonly #metrics: Metrics
  readonly #clients: Client[] = []
  /** Clients without a connection, each with the time from which it may begin one. */
  #waiting: Waiting[] = []
  #plan!: WorkerPlan
  #job!: Job
  #arrivals: Arrivals | null = null
  #total = 0
  #begun = 0
  #busy = 0

  constructor(epoll: number, metrics: Metrics) {
    this.#epoll = epoll
    this.#metrics = metrics
  }

  /** Goes on by this plan; connections that have begun stay as they are. */
  follow(plan: WorkerPlan, now: Millis): void {
    const { host, port, clients, connections, rate, think, phase } = plan
    if (rate === 0) this.#arrivals = null
    else if (this.#arrivals) this.#arrivals.setRate(rate)
    else this.#arrivals = new Arrivals(rate, now, phase)
    this.#plan = plan
    this.#job = {
      host,
      address: socketAddress(host, port),
      protocol: protocolOf(plan),
      isOpenLoop: rate > 0,
    }
    this.#total = clients * connections
    // Who thinks does so no longer than it would by this plan.
    this.#waiting = this.#waiting
      .filter(({ client }) => client.id < clients)
      .map(({ client, from }) => ({ client, from: Math.min(from, now + think) }))
    const waiting = new Set(this.#waiting.map(({ client }) => client))
    for (let id = 0; id < clients; id++) {
      const client = this.#clients[id] ?? new Client(this.#epoll, id, this.#metrics)
      this.#clients[id] = client
      if (!client.isBusy && !waiting.has(client)) this.#waiting.push({ client, from: now })
    }
    this.#waiting.sort((a, b) => a.from - b.from)
  }

  /** How many connections there will have been in the end, as things stand. */
  get planned(): number {
    return Math.max(this.#begun, this.#total)
  }

  get isDone(): boolean {
    return this.#busy === 0 && this.#begun >= this.#total
  }

  /** Begins the connections that are due. */
  turn(now: Millis): void {
    // Who fails at once waits behind the others for the next turn, so that a stop has its chance.
    for (let left = this.#waiting.length; left > 0 && this.#begun < this.#total; left--) {
      if (this.#waiting[0]!.from > now || (this.#arrivals && this.#arrivals.next > now)) return
      this.#begin(this.#waiting.shift()!.client)
    }
  }

  /** When the next turn is due; Infinity when only a connection that ends can bring it. */
  get nextTurn(): Millis {
    if (this.#waiting.length === 0 || this.#begun >= this.#total) return Infinity
    return Math.max(this.#waiting[0]!.from, this.#arrivals?.next ?? 0)
  }

  /** Something can be done on the connection of that client. */
  ready(id: number): void {
    const client = this.#clients[id]!
    if (client.isBusy && !client.ready()) this.#ended(client)
  }

  /** Gives up connections that made no progress, and closes those whose server does not. */
  checkTimes(now: Millis): void {
    for (const client of this.#clients)
      if (client.isBusy && !client.checkTime(now, this.#plan.idleTimeout)) this.#ended(client)
  }

  /** No further connection begins; those under way are closed and count neither as success nor failure. */
  stop(): void {
    this.#total = 0
    for (const client of this.#clients) {
      if (!client.isBusy) continue
      client.abandon()
      this.#busy--
    }
  }

  #begin(client: Client): void {
    this.#begun++
    this.#busy++
    if (!client.begin(this.#job, this.#arrivals?.take() ?? performance.now())) this.#rest(client)
  }

  /** The usual way is the short one: the next connection follows at once. */
  #ended(client: Client): void {
    const { clients, think } = this.#plan
    const mayGoOn = client.id < clients && this.#begun < this.#total
    if (!mayGoOn || think > 0 || this.#arrivals || this.#waiting.length > 0) return this.#rest(client)
    this.#begun++
    if (!client.begin(this.#job, performance.now())) this.#rest(client)
  }

  #rest(client: Client): void {
    this.#busy--
    const { clients, think } = this.#plan
    if (client.id < clients) this.#waiting.push({ client, from: think > 0 ? performance.now() + think : 0 })
  }
}
