/**
 * A load worker: a process of its own that drives its share of the clients in one epoll loop. It is told its plan
 * on standard input and reports on standard output; when standard input ends, so does it.
 */

import { openSync } from 'node:fs'
import { mapShared, read, write } from '../../servers/posix/descriptor.ts'
import { EPOLLIN, epollAdd, epollCreate, epollWait } from '../../servers/posix/epoll.ts'
import { socketAddress } from '../../servers/posix/socket.ts'
import { Client } from './client.ts'
import { COUNTS_SIZE } from './counts.ts'
import { dialogueOf } from './dialogue.ts'
import type { WorkerPlan, WorkerReport } from './protocol.ts'
import { Tally } from './tally.ts'

const STDIN = 0
const STDOUT = 1
const REPORT_INTERVAL = 100
const CONTROL = -1

function main(): void {
  const plan = readPlan()
  const tally = new Tally(new Float64Array(mapShared(openSync(plan.counts, 'r+'), COUNTS_SIZE)))
  const epoll = epollCreate()
  epollAdd(epoll, STDIN, EPOLLIN, CONTROL)
  const target = { host: plan.host, address: socketAddress(plan.host, plan.port) }
  const dialogue = dialogueOf(plan)
  const clients = Array.from(
    { length: plan.clients },
    (_, id) => new Client(epoll, id, target, dialogue, plan.connections, tally),
  )

  let stopped = false
  let reportAt = performance.now() + REPORT_INTERVAL
  const ready = new Int32Array(2 * 256)
  for (const client of clients) client.next()
  while (tally.active > 0) {
    const turn = tally.waiting
    tally.waiting = []
    for (const client of turn) client.next()
    const patience = tally.waiting.length > 0 ? 0 : Math.max(0, Math.ceil(reportAt - performance.now()))
    const count = epollWait(epoll, ready, patience)
    for (let i = 0; i < count; i++) {
      const id = ready[2 * i + 1]!
      if (id !== CONTROL) clients[id]!.ready()
      else if (hasEnded()) return
      else stopped = true
    }
    if (stopped) for (const client of clients) client.stop()
    const now = performance.now()
    if (now < reportAt) continue
    reportAt = now + REPORT_INTERVAL
    for (const client of clients) client.checkTime(now, plan.patience)
    send(tally.report(false, false))
  }
  send(tally.report(true, stopped))
}

const input = Buffer.alloc(4096)

function readPlan(): WorkerPlan {
  let text = ''
  while (!text.includes('\n')) {
    const length = read(STDIN, input)
    if (length === 0) process.exit(0)
    text += input.toString('utf8', 0, length)
  }
  return JSON.parse(text)
}

/** Reads what came on standard input: false for the word that asks us to stop, true when whoever would is gone. */
function hasEnded(): boolean {
  return read(STDIN, input) === 0
}

function send(report: WorkerReport): void {
  const line = Buffer.from(`${JSON.stringify(report)}\n`)
  for (let written = 0; written < line.length; ) written += write(STDOUT, line, written)
}

main()
