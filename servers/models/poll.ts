/**
 * Poll loop: one process serves all clients, as with select, but tells the kernel of descriptors in an array
 * instead of a bit set, so their numbers have no limit. Source: UNP 6.10, 6.11; poll(2).
 */
import { openListener } from '../listener.ts'
import type { ModelOptions } from '../options.ts'
import { accept, POLLIN, POLLOUT, PollArray, poll, setNonBlocking, WOULD_BLOCK } from '../posix/index.ts'
import type { Service } from '../services/service.ts'
import { isDue, Session, untilDue } from '../session.ts'

/** An entry that poll passes over. */
const NOBODY = -1

export function pollLoop({ service, ...options }: ModelOptions): never {
  const listener = openListener(options)
  setNonBlocking(listener)
  const sessions = new Set<Session>()
  const array = new PollArray()

  for (;;) {
    waitForWork(listener, sessions, array)
    let entry = 1
    for (const session of sessions) {
      if (array.results(entry++) !== 0 || isDue(session)) session.step()
      if (session.waitsFor === null) sessions.delete(session)
    }
    if (array.results(0) !== 0) acceptClient(listener, sessions, service)
  }
}

/** The listener is the first entry; the sessions follow in the order of their set. */
function waitForWork(listener: number, sessions: Set<Session>, array: PollArray): void {
  array.clear()
  array.add(listener, POLLIN)
  for (const { fd, waitsFor } of sessions) {
    if (waitsFor === 'time') array.add(NOBODY, 0)
    else array.add(fd, waitsFor === 'readable' ? POLLIN : POLLOUT)
  }
  poll(array, untilDue(sessions))
}

function acceptClient(listener: number, sessions: Set<Session>, service: Service): void {
  const connection = accept(listener)
  if (connection === WOULD_BLOCK) return
  const session = new Session(connection, service)
  if (session.waitsFor !== null) sessions.add(session)
}
