import { exit, failedWith, kill, signal, waitpid } from './posix/index.ts'

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
