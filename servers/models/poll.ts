/**
 * Poll loop: one process serves all clients, as with select, but tells the kernel of descriptors in an array
 * instead of a bit set, so their numbers have no limit. Source: UNP 6.10, 6.11; poll(2).
 */

import { Acceptor } from '../acceptor.ts'
import { ClientTask, isDue, untilDue } from '../client-task.ts'
import { openListener } from '../listener.ts'
import type { ModelOptions } from '../options.ts'
import { POLLIN, POLLOUT, PollArray, poll, setNonBlocking, WOULD_BLOCK } from '../posix/index.ts'
import type { Service } from '../services/service.ts'

/** An entry that poll passes over. */
const NOBODY = -1

export function pollLoop({ service, ...options }: ModelOptions): never {
  const listener = openListener(options)
  setNonBlocking(listener)
  const acceptor = new Acceptor(listener)
  const tasks = new Set<ClientTask>()
  const array = new PollArray()

  for (;;) {
    waitForWork(acceptor, tasks, array)
    let entry = 1
    for (const task of tasks) {
      if (array.results(entry++) !== 0 || isDue(task)) task.step()
      if (task.waitsFor === null) tasks.delete(task)
    }
    if (array.results(0) !== 0) acceptClient(acceptor, tasks, service)
  }
}

/** The listener is the first entry; the tasks follow in the order of their set. */
function waitForWork(acceptor: Acceptor, tasks: Set<ClientTask>, array: PollArray): void {
  array.clear()
  array.add(acceptor.pauses ? NOBODY : acceptor.listener, POLLIN)
  for (const { fd, waitsFor } of tasks) {
    if (waitsFor === 'time') array.add(NOBODY, 0)
    else array.add(fd, waitsFor === 'readable' ? POLLIN : POLLOUT)
  }
  poll(array, untilDue([acceptor], tasks))
}

function acceptClient(acceptor: Acceptor, tasks: Set<ClientTask>, service: Service): void {
  const connection = acceptor.tryAccept()
  if (connection === WOULD_BLOCK) return
  const task = new ClientTask(connection, service)
  if (task.waitsFor !== null) tasks.add(task)
}
