import { readFileSync } from 'node:fs'
import {
  failedWith,
  getpid,
  getppid,
  kill,
  pipe,
  read,
  waitpid,
  write,
} from '../../../../servers/posix/index.ts'
import { child } from './family.ts'
import { runScenario } from './run-scenario.ts'

/** What the child tells, as JSON over a pipe. */
function told(say: () => unknown): unknown {
  const [readEnd, writeEnd] = pipe()
  const pid = child(() => {
    write(writeEnd, Buffer.from(JSON.stringify(say())))
    return 0
  })
  const answer = Buffer.alloc(4096)
  const length = read(readEnd, answer)
  waitpid(pid)
  return JSON.parse(answer.toString('utf8', 0, length))
}

/** Makes V8 map new memory, and collect it. */
function useHeap(): number {
  let kept: unknown[] = []
  for (let i = 0; i < 12; i++) {
    kept.push(JSON.parse(JSON.stringify(Array.from({ length: 10_000 }, (_, j) => ({ j, text: `${i}` })))))
    if (kept.length > 4) kept = []
  }
  return kept.length
}

/** How many mappings a child would not get: those with the flag `dc`. Source: proc_pid_smaps(5), VmFlags. */
function keptBack(): number {
  return readFileSync('/proc/self/smaps', 'latin1').match(/^VmFlags:.* dc\b/gm)?.length ?? 0
}

runScenario({
  family: () => {
    const pid = getpid()
    const born = told(() => ({ pid: getpid(), parent: getppid() })) as { pid: number; parent: number }
    return { isOwn: born.pid !== pid, isOurs: born.parent === pid, node: pid === process.pid }
  },

  codes: () => [0, 1, 7, 255].map((code) => waitpid(child(() => code))?.code),

  signals: () =>
    (['SIGKILL', 'SIGTERM', 'SIGHUP', 'SIGALRM'] as const).map((signal) => {
      const never = pipe()
      const pid = child(() => read(never[0], new Uint8Array(1)))
      kill(pid, signal)
      const waited = waitpid(pid)
      return [waited?.pid === pid, waited?.code, waited?.signal]
    }),

  noneEnded: () => {
    const [readEnd, writeEnd] = pipe()
    const pid = child(() => read(readEnd, new Uint8Array(1)))
    const before = waitpid(pid, { hang: false })
    write(writeEnd, new Uint8Array(1))
    return [before, waitpid(pid)?.code]
  },

  noChildren: () => [waitpid(-1), waitpid(-1, { hang: false }), waitpid(1)],

  any: () => {
    const pids = [3, 4, 5].map((code) => child(() => code))
    const ends = pids.map(() => waitpid(-1)!)
    return {
      all: ends.every(({ pid }) => pids.includes(pid)),
      codes: ends.map(({ code }) => code).toSorted(),
      after: waitpid(-1),
    }
  },

  noSuchProcess: () => {
    const pid = child(() => 0)
    waitpid(pid)
    try {
      kill(pid, 'SIGTERM')
    } catch (error) {
      return failedWith(error, 'ESRCH')
    }
  },

  heapInChildren: () =>
    Array.from({ length: 8 }, () => {
      useHeap()
      return waitpid(child(() => useHeap() & 0))?.code
    }),

  inherited: () => {
    const before = keptBack()
    waitpid(child(() => 0))
    useHeap()
    const grown = keptBack()
    waitpid(child(() => 0))
    return [before > 0, grown > 0, keptBack()]
  },

  deep: () => {
    const descend = (depth: number): number =>
      depth === 0 ? 0 : waitpid(child(() => descend(depth - 1)))!.code! + 1
    return descend(10)
  },

  many: () => {
    let ended = 0
    for (let i = 0; i < 300; i++) {
      child(() => JSON.parse('{"code": 0}').code)
      if (i % 10 === 9) while (waitpid(-1)) ended++
    }
    return ended
  },
})
