/**
 * Epoll loop: one process serves all clients; the kernel keeps the set of descriptors, and each wait returns only
 * those that are ready, so its cost does not grow with the idle ones. Level-triggered it tells of a state as long
 * as it lasts; edge-triggered of its beginning only, so the server must go on until it would block.
 * Source: epoll(7).
 */
import { openListener } from '../listener.ts'
import type { ModelOptions } from '../options.ts'
import {
  accept,
  EPOLLET,
  EPOLLIN,
  EPOLLOUT,
  epollAdd,
  epollChange,
  epollCreate,
  epollWait,
  setNonBlocking,
  WOULD_BLOCK,
} from '../posix/index.ts'
import { isDue, Session, untilDue } from '../session.ts'

const MOST_EVENTS = 256

export function epollLoop({ service, edge, ...options }: ModelOptions): never {
  const listener = openListener(options)
  setNonBlocking(listener)
  const epoll = epollCreate()
  epollAdd(epoll, listener, EPOLLIN)
  const sessions = new Map<number, Session>()
  const timed = new Set<Session>()
  const events = new Int32Array(2 * MOST_EVENTS)

  for (;;) {
    const count = epollWait(epoll, events, untilDue(timed))
    for (let i = 0; i < count; i++) {
      const session = sessions.get(events[2 * i + 1]!)
      if (!session) acceptClient()
      else if (session.waitsFor !== 'time') advance(session)
    }
    for (const session of timed) if (isDue(session)) advance(session)
  }

  function acceptClient(): void {
    const connection = accept(listener)
    if (connection === WOULD_BLOCK) return
    const session = new Session(connection, service)
    if (session.waitsFor === null) return
    sessions.set(connection, session)
    epollAdd(epoll, connection, edge ? EPOLLIN | EPOLLOUT | EPOLLET : interest(session))
    keepTime(session)
  }

  function advance(session: Session): void {
    const before = interest(session)
    if (edge) session.run()
    else session.step()
    keepTime(session)
    // A closed descriptor has left the set by itself.
    if (session.waitsFor === null) sessions.delete(session.fd)
    else if (!edge && interest(session) !== before) epollChange(epoll, session.fd, interest(session))
  }

  function keepTime(session: Session): void {
    if (session.waitsFor === 'time') timed.add(session)
    else timed.delete(session)
  }
}

function interest({ waitsFor }: Session): number {
  // While it waits for time, a hang-up is told once and not for ever.
  if (waitsFor === 'time') return EPOLLET
  return waitsFor === 'readable' ? EPOLLIN : EPOLLOUT
}
