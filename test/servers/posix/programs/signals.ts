import {
  exit,
  PosixError,
  pause,
  type Signal,
  signal,
  sleep,
  waitpid,
} from '../../../../servers/posix/index.ts'
import { child, raise } from './family.ts'
import { runScenario } from './run-scenario.ts'

/** Which call failed, and how. */
function failureToHandle(name: Signal): unknown {
  try {
    return signal(name, () => {})
  } catch (error) {
    return error instanceof PosixError && [error.code, error.syscall]
  }
}

runScenario({
  notBetween: () => {
    let runs = 0
    signal('SIGUSR1', () => runs++)
    raise('SIGUSR1')
    const before = runs
    sleep(0)
    return [before, runs]
  },

  coalesced: () => {
    let runs = 0
    signal('SIGUSR1', () => runs++)
    for (let i = 0; i < 5; i++) raise('SIGUSR1')
    sleep(0)
    return runs
  },

  named: () => {
    const names: Signal[] = []
    for (const name of ['SIGUSR1', 'SIGUSR2', 'SIGHUP'] as const) signal(name, (got) => names.push(got))
    raise('SIGUSR2')
    raise('SIGHUP')
    sleep(0)
    return names.toSorted()
  },

  othersAfterThrow: () => {
    const ran: Signal[] = []
    signal('SIGUSR1', () => {
      throw new Error('from the handler')
    })
    signal('SIGUSR2', (name) => ran.push(name))
    raise('SIGUSR1')
    raise('SIGUSR2')
    try {
      sleep(0)
    } catch {
      sleep(0)
    }
    return ran
  },

  notInherited: () => {
    let runs = 0
    signal('SIGUSR1', () => runs++)
    raise('SIGUSR1')
    const pid = child(() => {
      sleep(0)
      return runs
    })
    return { inChild: waitpid(pid)?.code, inParent: runs }
  },

  handlerInherited: () => {
    signal('SIGUSR1', () => exit(9))
    const pid = child(() => {
      raise('SIGUSR1')
      sleep(0)
      return 0
    })
    return waitpid(pid)?.code
  },

  ignored: () => {
    signal('SIGTERM', 'ignore')
    raise('SIGTERM')
    sleep(0)
    return 'alive'
  },

  defaultAgain: () => {
    const pid = child(() => {
      signal('SIGTERM', () => {})
      signal('SIGTERM', 'default')
      raise('SIGTERM')
      return 0
    })
    return waitpid(pid)
  },

  uncatchable: () => (['SIGKILL', 'SIGSTOP'] as const).map(failureToHandle),

  reaps: () => {
    const reaped: number[] = []
    signal('SIGCHLD', () => {
      for (let waited = waitpid(-1, { hang: false }); waited; waited = waitpid(-1, { hang: false }))
        reaped.push(waited.code!)
    })
    for (let code = 1; code <= 20; code++) child(() => code)
    while (reaped.length < 20) pause()
    return reaped.toSorted((a, b) => a - b).at(-1)
  },
})
