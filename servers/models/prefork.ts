/**
 * Prefork: the parent opens the listener and forks N children, who all block in accept on it; the kernel gives
 * each connection to one of them. With a lock only the child that holds it is in accept.
 * Source: UNP 30.6 (no lock), 30.7 (file lock); accept(2), flock(2).
 */
import { tmpdir } from 'node:os'
import { openListener } from '../listener.ts'
import type { ModelOptions } from '../options.ts'
import { runPool } from '../pool.ts'
import { accept, lock, openUnnamed, reopen, unlock } from '../posix/index.ts'
import { serve } from '../serve.ts'
import type { Service } from '../services/service.ts'

export function prefork(options: ModelOptions): never {
  const listener = openListener(options)
  const lockFile = options.lock === 'flock' ? openUnnamed(tmpdir()) : null
  runPool(options.children, () => child(listener, lockFile, options.service))
}

function child(listener: number, lockFile: number | null, service: Service): never {
  // A lock belongs to an open file: each child needs one of its own.
  const ownLock = lockFile === null ? null : reopen(lockFile)
  for (;;) {
    if (ownLock !== null) lock(ownLock)
    const connection = accept(listener)
    if (ownLock !== null) unlock(ownLock)
    serve(connection, service)
  }
}
