/**
 * A load worker: a process of its own that drives its share of the clients in one epoll loop. It is told its plan
 * on standard input and reports on standard output; when standard input ends, so does it.
 */

import { openSync } from 'node:fs'
import { addon } from '../../servers/posix/addon.ts'
import { mapShared, write } from '../../servers/posix/descriptor.ts'
import { EPOLLIN, epollAdd, epollCreate, epollWait } from '../../servers/posix/epoll.ts'
import { FdSet } from '../../servers/posix/select.ts'
import { Ledger } from '../observe/ledger.ts'
import type { Duration } from '../state/event.ts'
import { ClientPool } from './client-pool.ts'
import { COUNTS_SIZE } from './counts.ts'
import type { LocalInstant } from './local-instant.ts'
import { Metrics } from './metrics.ts'
import { Orders } from './orders.ts'
import type { WorkerOrder, WorkerReport } from './worker-messages.ts'

const STDIN = 0
const STDOUT = 1
const REPORT_INTERVAL: Duration = 100
/** What epoll tells when there are orders; clients have numbers from 0. */
const ORDERS = -1

function main(): void {
  const orders = new Orders(STDIN)
  const [first, ...more] = readFirst(orders)
  const metrics = new Metrics(
    new Float64Array(mapShared(openSync(first.counts!, 'r+'), COUNTS_SIZE)),
    first.ledger ? openLedger(first.ledger) : null,
  )
  const epoll = epollCreate()
  epollAdd(epoll, STDIN, EPOLLIN, ORDERS)
  const pool = new ClientPool(epoll, metrics)
  const progress = { done: false, order: 0, stopped: false, planned: 0, found: pool.found }
  const obey = (order: WorkerOrder) => {
    if ('stop' in order) {
      progress.stopped = true
      return pool.stop()
    }
    progress.order = order.order
    if (!progress.stopped) pool.follow(order.plan, performance.now())
  }
  for (const order of [first, ...more]) obey(order)

  let reportAt = performance.now() + REPORT_INTERVAL
  let toldDone = false
  const ready = new Int32Array(2 * 256)
  for (;;) {
    pool.turn(performance.now())
    const hasFound = pool.found !== progress.found
    progress.done = pool.isDone
    progress.planned = pool.planned
    progress.found = pool.found
    if (hasFound || (progress.done && !toldDone)) send(metrics.report(progress))
    toldDone = progress.done
    const until = progress.done ? Infinity : Math.min(reportAt, pool.nextTurn)
    const count = waitForEvents(epoll, ready, until)
    for (let i = 0; i < count; i++) {
      const id = ready[2 * i + 1]!
      if (id !== ORDERS) {
        pool.ready(id)
        continue
      }
      const given = orders.read()
      if (given === null) return
      for (const order of given) obey(order)
      toldDone = false
    }
    const now = performance.now()
    if (now < reportAt || progress.done) continue
    reportAt = now + REPORT_INTERVAL
    pool.checkTimes(now)
    send(metrics.report(progress))
  }
}

type FirstOrder = Exclude<WorkerOrder, { stop: true }>

/** Waits for the first plan; others, or a stop, may have come with it. */
function readFirst(orders: Orders): [FirstOrder, ...WorkerOrder[]] {
  for (;;) {
    const given = orders.read()
    if (given === null) process.exit(0)
    if (given.length > 0) return given as [FirstOrder, ...WorkerOrder[]]
  }
}

/** Without a ledger the load goes on: what only it tells is not seen then. */
function openLedger(path: string): Ledger | null {
  try {
    return new Ledger(path)
  } catch {
    return null
  }
}

const readers = new FdSet()

/** As epollWait, until a time of performance.now() at the latest, to the microsecond: epoll_wait counts in milliseconds. */
function waitForEvents(epoll: number, into: Int32Array, until: LocalInstant): number {
  if (until === Infinity) return epollWait(epoll, into)
  const left = Math.max(0, until - performance.now())
  if (left === 0 || left > 10) return epollWait(epoll, into, Math.floor(left))
  readers.add(epoll)
  return addon.select!(epoll + 1, readers.bits, null, left) > 0 ? epollWait(epoll, into, 0) : 0
}

function send(report: WorkerReport): void {
  const line = Buffer.from(`${JSON.stringify(report)}\n`)
  for (let written = 0; written < line.length; ) written += write(STDOUT, line, written)
}

main()
