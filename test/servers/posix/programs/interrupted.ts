import { readFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import {
  exit,
  FdSet,
  getppid,
  kill,
  lock,
  openUnnamed,
  pause,
  pipe,
  read,
  reopen,
  select,
  signal,
  sleep,
  unlock,
  waitpid,
  write,
} from '../../../../servers/posix/index.ts'
import { parseSyscall } from '../../../../src/observe/system-calls.ts'
import { child, disturb, pester, raise } from './family.ts'
import { runScenario } from './run-scenario.ts'

const BYTE = new Uint8Array(1)

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
    const pid = disturb()
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

  paused: () => {
    let runs = 0
    signal('SIGUSR1', () => runs++)
    const pid = disturb()
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
    let long = true
    signal('SIGUSR1', () => runs++)
    const pid = pester(10)
    while (runs === 0) {
      const from = performance.now()
      sleep(200)
      long &&= performance.now() - from >= 200
    }
    kill(pid, 'SIGKILL')
    waitpid(pid)
    return { long, interrupted: runs > 0 }
  },

  selectsOn: () => {
    signal('SIGUSR1', () => {})
    // Began the wait anew at each signal, it would never be over.
    const pid = pester(50)
    const never = new FdSet()
    const [readEnd] = pipe()
    never.add(readEnd)
    const from = performance.now()
    const count = select(readEnd + 1, never, null, 400)
    const waited = performance.now() - from
    kill(pid, 'SIGKILL')
    waitpid(pid)
    return { count, long: waited >= 400 }
  },

  selectsWhatIsReady: () => {
    let runs = 0
    const [readEnd, writeEnd] = pipe()
    signal('SIGUSR1', () => {
      runs++
      write(writeEnd, BYTE)
    })
    const pid = disturb()
    const set = new FdSet()
    set.add(readEnd)
    const count = select(readEnd + 1, set, null)
    waitpid(pid)
    return { count, ready: set.has(readEnd), runs }
  },

  lock: () => {
    const file = openUnnamed(tmpdir())
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
