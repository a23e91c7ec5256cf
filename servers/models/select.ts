/**
 * Select loop: one process serves all clients. It waits in select for the listener, for clients that have sent
 * something and for clients that can take more, so that a slow one stalls nobody. It may listen on several ports. A
 * set holds descriptors below FD_SETSIZE; clients above are turned away. Source: UNP 6.8, 16.6 (non-blocking accept); select(2).
 */

import { Acceptor } from '../acceptor.ts'
import { ClientTask, isDue, untilDue } from '../client-task.ts'
import { openListener } from '../listener.ts'
import { log } from '../log.ts'
import type { ModelOptions } from '../options.ts'
import { close, FD_SETSIZE, FdSet, select, setNonBlocking, WOULD_BLOCK } from '../posix/index.ts'
import type { Service } from '../services/service.ts'

export function selectLoop({ service, ...options }: ModelOptions): never {
  const acceptors = openListeners(options).map((listener) => new Acceptor(listener))
  const tasks = new Set<ClientTask>()
  const readers = new FdSet()
  const writers = new FdSet()

  for (;;) {
    waitForWork(acceptors, tasks, readers, writers)
    for (const task of tasks) {
      if (isReady(task, readers, writers)) task.step()
      if (task.waitsFor === null) tasks.delete(task)
    }
    for (const acceptor of acceptors)
      if (readers.has(acceptor.listener)) acceptClient(acceptor, tasks, service)
  }
}

function openListeners({ ports, port, ...options }: Omit<ModelOptions, 'service'>): number[] {
  return Array.from({ length: ports }, (_, i) => {
    const listener = openListener({ ...options, port: port + i })
    setNonBlocking(listener)
    return listener
  })
}

function waitForWork(acceptors: Acceptor[], tasks: Set<ClientTask>, readers: FdSet, writers: FdSet): void {
  let n = 0
  readers.clear()
  writers.clear()
  for (const { pauses, listener } of acceptors) {
    if (!pauses) readers.add(listener)
    n = Math.max(n, listener + 1)
  }
  for (const { fd, waitsFor } of tasks) {
    if (waitsFor === 'readable') readers.add(fd)
    if (waitsFor === 'writable') writers.add(fd)
    n = Math.max(n, fd + 1)
  }
  select(n, readers, writers, untilDue(acceptors, tasks))
}

function isReady(task: ClientTask, readers: FdSet, writers: FdSet): boolean {
  return readers.has(task.fd) || writers.has(task.fd) || isDue(task)
}

function acceptClient(acceptor: Acceptor, tasks: Set<ClientTask>, service: Service): void {
  const connection = acceptor.tryAccept()
  if (connection === WOULD_BLOCK) return
  if (connection >= FD_SETSIZE) {
    log(`client turned away: descriptor ${connection} does not fit into a set of ${FD_SETSIZE}`)
    close(connection)
    return
  }
  const task = new ClientTask(connection, service)
  if (task.waitsFor !== null) tasks.add(task)
}
