/**
 * Select loop: one process serves all clients. It waits in select for the listener, for clients that have sent
 * something and for clients that can take more, so that a slow one stalls nobody. It may listen on several ports. A
 * set holds descriptors below FD_SETSIZE; clients above are turned away. Source: UNP 6.8, 16.6 (non-blocking accept); select(2).
 */
import { openListener } from '../listener.ts'
import { log } from '../log.ts'
import type { ModelOptions } from '../options.ts'
import { accept, close, FD_SETSIZE, FdSet, select, setNonBlocking, WOULD_BLOCK } from '../posix/index.ts'
import type { Service } from '../services/service.ts'
import { isDue, Session, untilDue } from '../session.ts'

export function selectLoop({ service, ...options }: ModelOptions): never {
  const listeners = openListeners(options)
  const sessions = new Set<Session>()
  const readers = new FdSet()
  const writers = new FdSet()

  for (;;) {
    waitForWork(listeners, sessions, readers, writers)
    for (const session of sessions) {
      if (isReady(session, readers, writers)) session.step()
      if (session.waitsFor === null) sessions.delete(session)
    }
    for (const listener of listeners) if (readers.has(listener)) acceptClient(listener, sessions, service)
  }
}

function openListeners({ ports, port, ...options }: Omit<ModelOptions, 'service'>): number[] {
  return Array.from({ length: ports }, (_, i) => {
    const listener = openListener({ ...options, port: port + i })
    setNonBlocking(listener)
    return listener
  })
}

function waitForWork(listeners: number[], sessions: Set<Session>, readers: FdSet, writers: FdSet): void {
  let n = Math.max(...listeners) + 1
  readers.clear()
  writers.clear()
  for (const listener of listeners) readers.add(listener)
  for (const { fd, waitsFor } of sessions) {
    if (waitsFor === 'readable') readers.add(fd)
    if (waitsFor === 'writable') writers.add(fd)
    n = Math.max(n, fd + 1)
  }
  select(n, readers, writers, untilDue(sessions))
}

function isReady(session: Session, readers: FdSet, writers: FdSet): boolean {
  return readers.has(session.fd) || writers.has(session.fd) || isDue(session)
}

function acceptClient(listener: number, sessions: Set<Session>, service: Service): void {
  const connection = accept(listener)
  if (connection === WOULD_BLOCK) return
  if (connection >= FD_SETSIZE) {
    log(`client turned away: descriptor ${connection} does not fit into a set of ${FD_SETSIZE}`)
    close(connection)
    return
  }
  const session = new Session(connection, service)
  if (session.waitsFor !== null) sessions.add(session)
}
