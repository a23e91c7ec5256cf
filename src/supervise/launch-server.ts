import { monotonic } from '../clock.ts'
import type { Event } from '../state/event.ts'
import { newRunId } from './find-run.ts'
import { followLauncher } from './follow-launcher.ts'
import { KeepOutput } from './keep-output.ts'
import { startLauncher } from './start-launcher.ts'

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
  /** Resolves when no process that the server started is alive any more. */
  gone: Promise<void>
  /** Asks the server to end, then makes it, within two seconds. Resolves when it is gone; may be called again. */
  stop(): Promise<void>
}

/**
 * Starts a server under a launcher, which ends all that came of it when told to, and when we die. Resolves when the
 * server runs or could not be started. Does not reject: everything that happens, failures too, is told to `emit`.
 * Throws when the launcher is not built.
 */
export async function launchServer(launch: Launch): Promise<RunningServer> {
  const { command, args, env, cwd, name, host, port, emit } = launch
  const beforeStart = launch.beforeStart ?? (async () => {})
  const run = newRunId()
  const launcher = startLauncher({ command: [command, ...args], env, cwd, run })
  emit({
    type: 'server-starting',
    at: monotonic(),
    name,
    command: [command, ...args],
    host,
    port,
    ...(launch.isOwn && { isOwn: true as const }),
  })

  let stoppable = true
  const { started, gone } = followLauncher({
    launcher,
    command,
    what: 'server',
    cwd,
    run,
    beforeStart,
    keep: new KeepOutput(emit, monotonic),
    emit,
  })
  gone.then(() => {
    stoppable = false
  })
  const stop = () => {
    if (stoppable) {
      emit({ type: 'server-stopping', at: monotonic() })
      launcher.order()
    }
    stoppable = false
    return gone
  }
  const { pid = null, launcher: parent = null } = (await started) ?? {}
  return { pid, launcher: parent, run, gone, stop }
}
