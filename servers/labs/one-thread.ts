import { endAlone } from '../pool.ts'
import { failedWith, kill, type Signal, signal, waitpid } from '../posix/index.ts'
import { forkPeer } from './loopback.ts'

/**
 * Runs the function in a child and returns what it returns. A signal that the main thread blocks goes to any other
 * thread that does not, and Node has such threads; a forked child has no thread but the one that forked. Signals
 * that are sent to this process are passed on to the child.
 */
export function inOneThread(run: () => boolean): boolean {
  let child = 0
  const passOn = (name: Signal) => {
    if (child > 0) tell(child, name)
  }
  for (const name of ['SIGUSR1', 'SIGTERM', 'SIGINT'] as const) signal(name, passOn)
  child = forkPeer(() => {
    endAlone()
    return run()
  })
  return waitpid(child)?.code === 0
}

function tell(pid: number, name: Signal): void {
  try {
    kill(pid, name)
  } catch (error) {
    if (!failedWith(error, 'ESRCH')) throw error
  }
}
