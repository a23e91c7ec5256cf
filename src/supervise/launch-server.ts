import { monotonic } from '../clock.ts'
import type { Duration, Event } from '../state/event.ts'
import type { KnownProcess } from './find-left.ts'
import { newRunId } from './find-run.ts'
import { followLauncher } from './follow-launcher.ts'
import { KeepOutput } from './keep-output.ts'
import { startLauncher } from './start-launcher.ts'

/** So long a server has to end when nobody watches any more: see launcher/stop.c. */
const SOON: Duration = 1_500

/** `none`: it has its time. `soon`: nobody watches any more. `now`: it is killed, also when it was asked before. */
export type Haste = 'none' | 'soon' | 'now'

export type Launch = {
  command: string
  args: string[]
  /** Set for the server alone, over what it inherits from us. */
  env: Record<string, string>
  cwd: string
  name: string
  host: string
  port: number | null
  /** Whether it is a model or a lab of ours. */
  isOwn?: boolean
  /** What asks it to end, and how long it has then before SIGKILL. */
  stopSignal: NodeJS.Signals
  graceMs: Duration
  /** Whether it gets a pid namespace of its own, so that nothing of it can be left. */
  contain: boolean
  /** Descriptors of ours that it may then open by path: see handed-files.ts. */
  files?: number[]
  /** What a mapping of the probe's file looks like; null without a probe. */
  mapping?: string | null
  /** The living processes of the server as they were seen last, which it may be hard to find later. */
  known?(): readonly KnownProcess[]
  /** Called with the launcher's pid; the server starts when this has resolved. */
  beforeStart?(launcher: number): Promise<void>
  emit(event: Event): void
}

export type RunningServer = {
  /** Null when it could not be started; `server-failed` has told why. */
  pid: number | null
  /** The server's parent. */
  launcher: number | null
  /** What everything that the server starts bears in its environment: see find-run.ts. */
  run: string
  /** Resolves when no process that the server started is alive any more, or when what is left cannot be ended. */
  gone: Promise<void>
  /**
   * Asks the server to end, then, when its time is over, makes it. May be called again, to hurry. Resolves as `gone`, a
   * few seconds after that time at the latest.
   */
  stop(haste?: Haste): Promise<void>
}

/**
 * Starts a server under a launcher, which ends all that came of it when told to, and when we die. Resolves when the
 * server runs or could not be started. Does not reject: everything that happens, failures too, is told to `emit`.
 * Throws when the launcher is not built.
 */
export async function launchServer(launch: Launch): Promise<RunningServer> {
  const { command, args, env, cwd, name, host, port, stopSignal, graceMs, contain, emit } = launch
  const { files = [], mapping = null, known = () => [], beforeStart = async () => {} } = launch
  const run = newRunId()
  const commandLine = [command, ...args]
  const launcher = startLauncher({ command: commandLine, env, cwd, run, stopSignal, graceMs, contain, files })
  emit({
    type: 'server-starting',
    at: monotonic(),
    name,
    command: commandLine,
    host,
    port,
    ...(launch.isOwn && { isOwn: true as const }),
  })

  const traces = { run, session: launcher.pid, mapping, known }
  const followed = followLauncher({
    launcher,
    command,
    what: 'server',
    cwd,
    traces,
    beforeStart,
    keep: new KeepOutput(emit, monotonic),
    emit,
  })
  const { started, gone } = followed
  let isGone = false
  gone.then(() => {
    isGone = true
  })
  let killAt = Infinity
  const stop = (haste: Haste = 'none') => {
    const at = monotonic()
    const until = at + { none: graceMs, soon: Math.min(graceMs, SOON), now: 0 }[haste]
    const isNews = killAt === Infinity || (haste !== 'none' && until < killAt)
    if (isGone || !isNews) return gone
    killAt = until
    emit({ type: 'server-stopping', at, signal: haste === 'now' ? 'SIGKILL' : stopSignal, until })
    followed.stop(haste, until)
    return gone
  }
  const { pid = null, launcher: parent = null } = (await started) ?? {}
  return { pid, launcher: parent, run, gone, stop }
}
