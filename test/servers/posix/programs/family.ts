import { readFileSync } from 'node:fs'
import { exit, fork, getpid, getppid, kill, type Signal, sleep } from '../../../../servers/posix/index.ts'

/** Forks a child that does only this and leaves with the code. */
export function child(act: () => number): number {
  const pid = fork()
  if (pid === 0) exit(act())
  return pid
}

/** Sends ourselves a signal: it has come when this returns, and its handler has not run yet. */
export const raise = (name: Signal) => kill(getpid(), name)

/** Signals the parent as soon as it waits in a call. */
export function disturb(): number {
  return child(() => {
    while (!isAsleep(getppid())) sleep(1)
    kill(getppid(), 'SIGUSR1')
    return 0
  })
}

/** Signals the parent again and again, until it is killed. */
export function pester(pauseFor: number): number {
  return child(() => {
    for (;;) {
      sleep(pauseFor)
      kill(getppid(), 'SIGUSR1')
    }
  })
}

/** Source: proc_pid_stat(5), state. */
function isAsleep(pid: number): boolean {
  return readFileSync(`/proc/${pid}/stat`, 'latin1').includes(') S ')
}
