import { tmpdir } from 'node:os'
import type { ServerOptions } from './options.ts'
import { createMutex, lock, lockMutex, openUnnamed, reopen, unlock, unlockMutex } from './posix/index.ts'

/** What a child does before and after accept, so that only one is in it. */
export type AcceptLock = { lock(): void; unlock(): void }

/**
 * Makes the lock that all children share; each of them calls the returned function for its own part in it. Source:
 * UNP 30.7 (file lock), 30.8 (mutex).
 */
export function createAcceptLock(kind: ServerOptions['lock']): () => AcceptLock {
  switch (kind) {
    case 'none':
      return () => ({ lock() {}, unlock() {} })
    case 'flock':
      return lockFile(openUnnamed(tmpdir()))
    case 'mutex': {
      const mutex = createMutex()
      return () => ({ lock: () => lockMutex(mutex), unlock: () => unlockMutex(mutex) })
    }
  }
}

/** A lock belongs to an open file: each child needs one of its own. */
function lockFile(file: number): () => AcceptLock {
  return () => {
    const own = reopen(file)
    return { lock: () => lock(own), unlock: () => unlock(own) }
  }
}
