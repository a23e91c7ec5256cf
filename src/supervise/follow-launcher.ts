import { constants, openSync } from 'node:fs'
import { setTimeout as sleep } from 'node:timers/promises'
import { monotonic } from '../clock.ts'
import { endingOf } from '../state/ending.ts'
import type { Millis, ProcessEvent, ServerEvent } from '../state/event.ts'
import { endRun } from './end-run.ts'
import { type Launched, launcherFailure, startFailure, survivors } from './failure.ts'
import { type OutputKeeper, readOutput } from './read-output.ts'
import type { Launcher } from './start-launcher.ts'

/** What a launcher tells of, in the terms of a server. */
export type LauncherEvent = ServerEvent | Extract<ProcessEvent, { type: 'reaped' }>

export type Follow = {
  launcher: Launcher
  command: string
  /** As what it is started. */
  what: Launched
  cwd: string
  run: string
  /** Called with the launcher's pid when it is ready; the server starts when this has resolved. */
  beforeStart: (launcher: number) => Promise<void>
  /** Decides what of its output is told. */
  keep: OutputKeeper
  emit: (event: LauncherEvent) => void
}

export type Followed = {
  /** The pids as soon as the server runs, or null when it did not come to that. */
  started: Promise<{ pid: number; launcher: number } | null>
  /** Resolves when no process that the server started is alive any more, and its last output has been told. */
  gone: Promise<void>
}

/** How long the last output may keep us waiting: a stranger may hold the pipe. */
const LAST_OUTPUT = 500

/** Turns what a launcher reports into events, and puts right what it leaves behind when it is killed itself. */
export function followLauncher(follow: Follow): Followed {
  const { launcher, command, what, cwd, run, beforeStart, keep, emit } = follow
  const fail = (at: Millis, reason: string) => emit({ type: 'server-failed', at, reason })
  const closing = new AbortController()
  let output = Promise.resolve()
  let pid: number | null = null
  let parent = 0
  let killed = 0
  let goneAt: Millis | null = null
  let left = false
  let settle: (pids: { pid: number; launcher: number } | null) => void
  const started: Followed['started'] = new Promise((resolve) => {
    settle = resolve
  })

  /** What each word of the launcher means. */
  const hear: Record<string, (at: Millis, first: number, second: number, third: number) => void> = {
    ready: (_, self, stdout, stderr) => {
      parent = self
      const ends = openEnds(self, stdout, stderr)
      if (!ends) return launcher.abandon()
      output = readOutput(ends, keep, closing.signal)
      void beforeStart(self).finally(() => launcher.order())
    },
    started: (at, server) => {
      pid = server
      emit({ type: 'server-started', at, pid, launcher: parent })
      settle({ pid, launcher: parent })
    },
    failed: (at, errno) => fail(at, startFailure(command, errno, cwd)),
    ended: (at, server, status) => emit({ type: 'server-ended', at, pid: server, ending: endingOf(status) }),
    reaped: (at, process, status, by) => {
      // Whoever takes over from a launcher that was killed does not know the server from the others.
      if (process === pid) hear.ended!(at, process, status, by)
      else emit({ type: 'reaped', at, pid: process, by, ending: endingOf(status) })
    },
    killed: (_, count) => {
      killed = count
    },
    left: (at, count) => {
      left = true
      fail(at, survivors(count, what))
    },
    gone: (at) => {
      goneAt = at
    },
  }

  const readReports = async () => {
    for await (const { at, word, numbers } of launcher.reports)
      hear[word]?.(at, numbers[0] ?? 0, numbers[1] ?? 0, numbers[2] ?? 0)
    const errno = await launcher.ended
    if (goneAt === null && !left) {
      const rest = await endRun(run)
      killed = rest.killed
      left = rest.left > 0
      if (pid === null) fail(monotonic(), launcherFailure(errno, cwd, what))
      if (left) fail(monotonic(), survivors(rest.left, what))
    }
    await Promise.race([output, sleep(LAST_OUTPUT, undefined, { ref: false })])
    closing.abort()
    if (pid !== null && !left) emit({ type: 'server-gone', at: goneAt ?? monotonic(), killed })
    settle(null)
  }
  return { started, gone: readReports() }
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
