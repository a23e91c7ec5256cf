import { exit, failedWith, fork, kill, pause, signal, waitpid } from './posix/index.ts'

/**
 * Forks so many children, each of which runs `child` and never returns from it, and waits for the signal that ends
 * them all. Source: UNP 30.6.
 */
export function runPool(count: number, child: () => never): never {
  const children: number[] = []
  for (let i = 0; i < count; i++) {
    const pid = fork()
    if (pid === 0) child()
    children.push(pid)
  }
  endWithChildren(() => children)
  for (;;) pause()
}

/**
 * From now on SIGTERM and SIGINT end the children, then this process. `pids` is asked when the signal comes.
 * Source: UNP 30.6, sig_int.
 */
export function endWithChildren(pids: () => number[]): void {
  const end = () => {
    for (const pid of pids()) endChild(pid)
    while (waitpid(-1));
    exit(0)
  }
  signal('SIGTERM', end)
  signal('SIGINT', end)
}

/** In a child that was forked later: the signals end it alone again. */
export function endAlone(): void {
  signal('SIGTERM', 'default')
  signal('SIGINT', 'default')
}

function endChild(pid: number): void {
  try {
    kill(pid, 'SIGTERM')
  } catch (error) {
    if (!failedWith(error, 'ESRCH')) throw error
  }
}
