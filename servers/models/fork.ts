/**
 * Fork per client: the parent accepts and forks; the child serves this one client and exits, while the parent goes
 * back to accept. A child that has ended stays a zombie until its parent reaps it, and `reap` says how: in a
 * SIGCHLD handler, after each accept, by ignoring SIGCHLD so that the kernel does, or never.
 * Source: UNP 30.5 and 5.10; fork(2), waitpid(2).
 */
import { openListener } from '../listener.ts'
import { log } from '../log.ts'
import type { ModelOptions } from '../options.ts'
import { accept, close, exit, failedWith, fork, signal, waitpid } from '../posix/index.ts'
import { serve } from '../serve.ts'

export function forkPerClient({ service, reap, ...options }: ModelOptions): never {
  const listener = openListener(options)
  if (reap === 'sigchld') signal('SIGCHLD', reapChildren)
  if (reap === 'ignore') signal('SIGCHLD', 'ignore')

  for (;;) {
    const connection = accept(listener)
    if (reap === 'accept') reapChildren()
    if (tryFork() === 0) {
      close(listener)
      serve(connection, service)
      exit(0)
    }
    close(connection)
  }
}

/** Reaps every child that has ended: several ends can share one SIGCHLD, so one waitpid would not do. */
function reapChildren(): void {
  while (waitpid(-1, { hang: false }));
}

/** As fork(), but null where there can be no more processes: that client is lost, the server goes on. */
function tryFork(): number | null {
  try {
    return fork()
  } catch (error) {
    if (!failedWith(error, 'EAGAIN', 'ENOMEM')) throw error
    log(`connection closed: ${error.message}`)
    return null
  }
}
