/**
 * Prefork with select: N children wait in select for the shared listener, then accept without blocking. Select
 * wakes all that wait for one descriptor, so a single connection wakes every idle child, and all but one find
 * nothing: the thundering herd. Source: UNP 30.6 (select collisions); select(2).
 */
import { openListener } from '../listener.ts'
import type { ModelOptions } from '../options.ts'
import { runPool } from '../pool.ts'
import { accept, FdSet, select, setNonBlocking, WOULD_BLOCK } from '../posix/index.ts'
import { serve } from '../serve.ts'
import type { Service } from '../services/service.ts'

export function preforkSelect(options: ModelOptions): never {
  const listener = openListener(options)
  setNonBlocking(listener)
  runPool(options.children, () => child(listener, options.service))
}

function child(listener: number, service: Service): never {
  const readers = new FdSet()
  for (;;) {
    readers.clear()
    readers.add(listener)
    select(listener + 1, readers, null)
    const connection = accept(listener)
    if (connection !== WOULD_BLOCK) serve(connection, service)
  }
}
