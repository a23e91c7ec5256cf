/**
 * Prefork with epoll: N children wait in epoll_wait, each with a set of its own, for the shared listener, then
 * accept without blocking. A connection wakes every idle child, the thundering herd; with EPOLLEXCLUSIVE it wakes
 * one, the first idle one in the order in which they registered. Source: UNP 30.6 (select collisions); epoll_ctl(2), EPOLLEXCLUSIVE.
 */
import { openListener } from '../listener.ts'
import type { ModelOptions } from '../options.ts'
import { runPool } from '../pool.ts'
import {
  accept,
  EPOLLEXCLUSIVE,
  EPOLLIN,
  epollAdd,
  epollCreate,
  epollWait,
  setNonBlocking,
  WOULD_BLOCK,
} from '../posix/index.ts'
import { serve } from '../serve.ts'

export function preforkEpoll(options: ModelOptions): never {
  const listener = openListener(options)
  setNonBlocking(listener)
  runPool(options.children, () => child(listener, options))
}

function child(listener: number, { service, exclusive }: ModelOptions): never {
  const epoll = epollCreate()
  epollAdd(epoll, listener, exclusive ? EPOLLIN | EPOLLEXCLUSIVE : EPOLLIN)
  const events = new Int32Array(2)
  for (;;) {
    epollWait(epoll, events)
    const connection = accept(listener)
    if (connection !== WOULD_BLOCK) serve(connection, service)
  }
}
