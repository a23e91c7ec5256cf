import { exit, fork, getpid, getppid, kill, type Signal, sleep } from '../../../../servers/posix/index.ts'

/** Forks a child that does only this and leaves with the code. */
export function child(act: () => number): number {
  const pid = fork()
  if (pid === 0) exit(act())
  return pid
}

/** Sends ourselves a signal: it has come when this returns, and its handler has not run yet. */
export const raise = (name: Signal) => kill(getpid(), name)

/** Signals the parent again and again, until `times` are over. */
export function pester(times: number, pauseFor: number): number {
  return child(() => {
    for (let i = 0; i < times; i++) {
      sleep(pauseFor)
      kill(getppid(), 'SIGUSR1')
    }
    return 0
  })
}
