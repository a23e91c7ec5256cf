import { readFileSync } from 'node:fs'
import {
  exit,
  FdSet,
  fork,
  getpid,
  getppid,
  kill,
  lock,
  openUnnamed,
  PosixError,
  pause,
  pipe,
  read,
  reopen,
  type Signal,
  select,
  signal,
  sleep,
  unlock,
  waitpid,
  write,
} from '../../../../servers/posix/index.ts'
import { parseSyscall } from '../../../../src/observe/system-calls.ts'
import { runScenario } from './run-scenario.ts'

const BYTE = new Uint8Array(1)

function child(act: () => number): number {
  const pid = fork()
  if (pid === 0) exit(act())
  return pid
}

/** Sends ourselves a signal: it has come when this returns, and its handler has not run yet. */
const raise = (name: Signal) => kill(getpid(), name)

/** Signals the parent again and again, until `times` are over. */
function pester(times: number, pauseFor: number): number {
  return child(() => {
    for (let i = 0; i < times; i++) {
      sleep(pauseFor)
      kill(getppid(), 'SIGUSR1')
    }
    return 0
  })
}

/** Which call failed, and how. */
function failureToHandle(name: Signal): unknown {
  try {
    return signal(name, () => {})
  } catch (error) {
    return error instanceof PosixError && [error.code, error.syscall]
  }
}

runScenario({
  resumed: () => {
    const order: string[] = []
    const [data, giveData] = pipe()
    const [handled, tellHandled] = pipe()
    signal('SIGUSR1', () => {
      order.push('handler')
      write(tellHandled, BYTE)
    })
    const pid = child(() => {
      kill(getppid(), 'SIGUSR1')
      read(handled, BYTE)
      write(giveData, BYTE)
      return 0
    })
    order.push(`read ${read(data, BYTE)}`)
    waitpid(pid)
    return order
  },

  throws: () => {
    signal('SIGUSR1', () => {
      throw new Error('from the handler')
    })
    const pid = pester(1, 20)
    try {
      read(pipe()[0], BYTE)
      return 'the read returned'
    } catch (error) {
      return (error as Error).message
    } finally {
      waitpid(pid)
    }
  },

  exits: () => {
    const pid = child(() => {
      signal('SIGUSR1', () => exit(42))
      raise('SIGUSR1')
      for (;;) sleep(1000)
    })
    return waitpid(pid)
  },

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

  paused: () => {
    let runs = 0
    signal('SIGUSR1', () => runs++)
    const pid = pester(1, 20)
    pause()
    const after = runs
    waitpid(pid)
    return after
  },

  pausedTooLate: () => {
    let runs = 0
    signal('SIGUSR1', () => runs++)
    raise('SIGUSR1')
    pause()
    return runs
  },

  sleepsOn: () => {
    let runs = 0
    signal('SIGUSR1', () => runs++)
    const pid = pester(5, 10)
    const from = performance.now()
    sleep(200)
    const slept = performance.now() - from
    waitpid(pid)
    return { long: slept >= 200, interrupted: runs > 0 }
  },

  selectsOn: () => {
    signal('SIGUSR1', () => {})
    const pid = pester(60, 50)
    const never = new FdSet()
    const [readEnd] = pipe()
    never.add(readEnd)
    const from = performance.now()
    const count = select(readEnd + 1, never, null, 400)
    const waited = performance.now() - from
    kill(pid, 'SIGKILL')
    waitpid(pid)
    return { count, long: waited >= 400, tooLong: waited > 2000 }
  },

  selectsWhatIsReady: () => {
    let runs = 0
    const [readEnd, writeEnd] = pipe()
    signal('SIGUSR1', () => {
      runs++
      write(writeEnd, BYTE)
    })
    const pid = pester(1, 20)
    const set = new FdSet()
    set.add(readEnd)
    const count = select(readEnd + 1, set, null)
    waitpid(pid)
    return { count, ready: set.has(readEnd), runs }
  },

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

  lock: () => {
    const file = openUnnamed('/tmp')
    const own = reopen(file)
    const [order, tell] = pipe()
    lock(own)
    const pid = child(() => {
      const mine = reopen(file)
      write(tell, Buffer.from('a'))
      lock(mine)
      write(tell, Buffer.from('c'))
      unlock(mine)
      return 0
    })
    const told = Buffer.alloc(3)
    read(order, told, 0, 1)
    while (parseSyscall(readFileSync(`/proc/${pid}/syscall`, 'utf8')) !== 'flock') sleep(1)
    write(tell, Buffer.from('b'))
    unlock(own)
    waitpid(pid)
    for (let got = 1; got < 3; ) got += read(order, told, got)
    return told.toString()
  },
})
