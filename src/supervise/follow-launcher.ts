import { constants, openSync } from 'node:fs'
import { setTimeout as sleep } from 'node:timers/promises'
import { monotonic } from '../clock.ts'
import { startTicksOf } from '../observe/process-facts.ts'
import { endingOf } from '../state/ending.ts'
import type { Duration, Instant, ProcessEvent, ServerEvent } from '../state/event.ts'
import { endRun } from './end-run.ts'
import { containFailure, type Launched, launcherFailure, startFailure, survivors } from './failure.ts'
import type { Traces } from './find-left.ts'
import { keepGoing } from './keep-going.ts'
import type { Haste } from './launch-server.ts'
import { type OutputKeeper, readOutput } from './read-output.ts'
import { sendSignal } from './send-signal.ts'
import type { Launcher } from './start-launcher.ts'
import { StopLimit } from './stop-limit.ts'

/** What a launcher tells of, in the terms of a server. */
export type LauncherEvent = ServerEvent | Extract<ProcessEvent, { type: 'reaped' }>

export type Follow = {
  launcher: Launcher
  command: string
  /** As what it is started. */
  what: Launched
  cwd: string
  traces: Traces
  /** Called with the launcher's pid when it is ready; the server starts when this has resolved. */
  beforeStart: (launcher: number) => Promise<void>
  /** Decides what of its output is told. */
  keep: OutputKeeper
  emit: (event: LauncherEvent) => void
}

export type Followed = {
  /** The pids as soon as the server runs, or null when it did not come to that. */
  started: Promise<{ pid: number; launcher: number } | null>
  /**
   * Resolves when no process that the server started is alive any more, or what is left cannot be ended, and its last
   * output has been told.
   */
  gone: Promise<void>
  /**
   * Tells the launcher to end what it has started, which is killed at `killAt`. A launcher that does not do it is ended
   * a few seconds later, and then what it has left.
   */
  stop(haste: Haste, killAt: Instant): void
}

/** How long the last output may keep us waiting: a stranger may hold the pipe. */
const LAST_OUTPUT: Duration = 500
/** How long a launcher may take to die of SIGKILL. */
const LAST_BREATH: Duration = 500

type Hear = (at: Instant, first: number, second: number, third: number, fourth: number) => void

/** Turns what a launcher reports into events, and puts right what it leaves behind when it is killed itself. */
export function followLauncher(follow: Follow): Followed {
  const { launcher, command, what, cwd, traces, beforeStart, keep, emit } = follow
  const fail = (at: Instant, reason: string) => emit({ type: 'server-failed', at, reason })
  const closing = new AbortController()
  const stopKeeping = launcher.pid === null ? () => {} : keepGoing(launcher.pid)
  let output = Promise.resolve()
  let first: number | null = null
  let pid: number | null = null
  let parent = 0
  let startTicks = 0
  let killed = 0
  let goneAt: Instant | null = null
  let left = false
  const [started, settle] = withResolver<{ pid: number; launcher: number } | null>()
  const [lost, lose] = withResolver<null>()

  /** What each word of the launcher means. */
  const hear: Record<string, Hear> = {
    ready: (_, self, stdout, stderr) => {
      parent = self
      startTicks = startTicksOf(self)
      const ends = openEnds(self, stdout, stderr)
      if (!ends) return launcher.abandon()
      output = readOutput(ends, keep, closing.signal)
      void beforeStart(self).finally(() => launcher.start())
    },
    started: (at, server) => {
      first = server
      pid = server
      emit({ type: 'server-started', at, pid, launcher: parent })
      settle({ pid, launcher: parent })
    },
    failed: (at, errno) => fail(at, startFailure(command, errno, cwd)),
    uncontained: (at, errno) => fail(at, containFailure(errno)),
    ended: (at, server, status) => emit({ type: 'server-ended', at, pid: server, ending: endingOf(status) }),
    reaped: (at, process, status, by) => {
      // Whoever takes over from a launcher that was killed does not know the server from the others.
      if (process === pid && by !== parent) hear.ended!(at, process, status, by, 0)
      else emit({ type: 'reaped', at, pid: process, by, ending: endingOf(status) })
    },
    daemonized: (at, heir) => {
      emit({ type: 'server-daemonized', at, pid: heir })
      pid = heir
    },
    killed: (_, count) => {
      killed = count
    },
    left: (at, count, ...some) => {
      left = true
      fail(at, survivors(count, some.filter(Boolean), what))
    },
    gone: (at) => {
      goneAt = at
    },
  }

  const listen = async () => {
    for await (const { at, word, numbers } of launcher.reports) {
      limit.hear()
      const [a = 0, b = 0, c = 0, d = 0] = numbers
      hear[word]?.(at, a, b, c, d)
    }
    return launcher.ended
  }
  const end = async () => {
    const errno = await Promise.race([listen(), lost])
    stopKeeping()
    if (goneAt === null && !left) {
      const rest = await endRun(traces)
      killed = rest.killed
      left = rest.left.length > 0
      if (first === null) fail(monotonic(), launcherFailure(errno, cwd, what))
      if (left) fail(monotonic(), survivors(rest.left.length, rest.left, what))
    }
    await Promise.race([output, sleep(LAST_OUTPUT, undefined, { ref: false })])
    closing.abort()
    if (first !== null && !left) emit({ type: 'server-gone', at: goneAt ?? monotonic(), killed })
    limit.end()
    settle(null)
  }
  const limit = new StopLimit(() => {
    // The keeper first: it would take over.
    sendSignal(launcher.pid ?? 0, 'SIGKILL', { parents: [process.pid] })
    sendSignal(parent, 'SIGKILL', { startTicks })
    setTimeout(() => lose(null), LAST_BREATH)
  })
  const stop = (haste: Haste, killAt: Instant) => {
    launcher.stop(haste)
    limit.begin(killAt)
  }
  return { started, gone: end(), stop }
}

function withResolver<T>(): [Promise<T>, (value: T) => void] {
  let resolve: (value: T) => void
  const promise = new Promise<T>((done) => {
    resolve = done
  })
  return [promise, (value) => resolve(value)]
}

/** Opens the reading ends of the launcher's pipes; null when it was killed before. */
function openEnds(launcher: number, stdout: number, stderr: number) {
  const open = (fd: number) =>
    openSync(`/proc/${launcher}/fd/${fd}`, constants.O_RDONLY | constants.O_NONBLOCK)
  try {
    return { stdout: open(stdout), stderr: open(stderr) }
  } catch {
    return null
  }
}
