/**
 * Epoll loop: one process serves all clients; the kernel keeps the set of descriptors, and each wait returns only
 * those that are ready, so its cost does not grow with the idle ones. Level-triggered it tells of a state as long
 * as it lasts; edge-triggered of its beginning only, so the server must go on until it would block.
 * Source: epoll(7).
 */

import { Acceptor } from '../acceptor.ts'
import { ClientTask, isDue, untilDue } from '../client-task.ts'
import { openListener } from '../listener.ts'
import type { ModelOptions } from '../options.ts'
import {
  EPOLLET,
  EPOLLIN,
  EPOLLOUT,
  epollAdd,
  epollChange,
  epollCreate,
  epollRemove,
  epollWait,
  setNonBlocking,
  WOULD_BLOCK,
} from '../posix/index.ts'

const MOST_EVENTS = 256

export function epollLoop({ service, edge, ...options }: ModelOptions): never {
  const listener = openListener(options)
  setNonBlocking(listener)
  const epoll = epollCreate()
  const acceptor = new Acceptor(listener)
  const acceptors = [acceptor]
  let listens = false
  const tasks = new Map<number, ClientTask>()
  const timed = new Set<ClientTask>()
  const events = new Int32Array(2 * MOST_EVENTS)

  for (;;) {
    watchListener()
    const count = epollWait(epoll, events, untilDue(acceptors, timed))
    for (let i = 0; i < count; i++) {
      const task = tasks.get(events[2 * i + 1]!)
      if (!task) acceptClient()
      else if (task.waitsFor !== 'time') advance(task)
    }
    for (const task of timed) if (isDue(task)) advance(task)
  }

  function watchListener(): void {
    if (listens === !acceptor.pauses) return
    listens = !listens
    if (listens) epollAdd(epoll, listener, EPOLLIN)
    else epollRemove(epoll, listener)
  }

  function acceptClient(): void {
    const connection = acceptor.tryAccept()
    if (connection === WOULD_BLOCK) return
    const task = new ClientTask(connection, service)
    if (task.waitsFor === null) return
    tasks.set(connection, task)
    epollAdd(epoll, connection, edge ? EPOLLIN | EPOLLOUT | EPOLLET : interest(task))
    keepTime(task)
  }

  function advance(task: ClientTask): void {
    const before = interest(task)
    if (edge) task.run()
    else task.step()
    keepTime(task)
    // A closed descriptor has left the set by itself.
    if (task.waitsFor === null) tasks.delete(task.fd)
    else if (!edge && interest(task) !== before) epollChange(epoll, task.fd, interest(task))
  }

  function keepTime(task: ClientTask): void {
    if (task.waitsFor === 'time') timed.add(task)
    else timed.delete(task)
  }
}

function interest({ waitsFor }: ClientTask): number {
  // While it waits for time, a hang-up is told once and not for ever.
  if (waitsFor === 'time') return EPOLLET
  return waitsFor === 'readable' ? EPOLLIN : EPOLLOUT
}
