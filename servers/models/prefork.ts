/**
 * Prefork: the parent opens the listener and forks N children, who all block in accept on it; the kernel gives
 * each connection to one of them. With a lock only the child that holds it is in accept.
 * Source: UNP 30.6 (no lock), 30.7 (file lock), 30.8 (mutex); accept(2).
 */
import { type AcceptLock, createAcceptLock } from '../accept-lock.ts'
import { openListener } from '../listener.ts'
import type { ModelOptions } from '../options.ts'
import { runPool } from '../pool.ts'
import { accept } from '../posix/index.ts'
import { serve } from '../serve.ts'
import type { Service } from '../services/service.ts'

export function prefork(options: ModelOptions): never {
  const listener = openListener(options)
  const acceptLock = createAcceptLock(options.lock)
  runPool(options.children, () => child(listener, acceptLock(), options.service))
}

function child(listener: number, acceptLock: AcceptLock, service: Service): never {
  for (;;) {
    acceptLock.lock()
    const connection = accept(listener)
    acceptLock.unlock()
    serve(connection, service)
  }
}
