import { monotonic } from '../clock.ts'
import type { RunningLoad } from '../load/start-load.ts'
import type { Duration, Ending, GeneratorEvent, GeneratorPlan } from '../state/event.ts'
import { unreachable } from '../unreachable.ts'
import { newRunId } from './find-run.ts'
import { followLauncher, type LauncherEvent } from './follow-launcher.ts'
import { KeepLastLines } from './keep-last-lines.ts'
import { signalGroup } from './send-signal.ts'
import { type Launcher, startLauncher } from './start-launcher.ts'

export type RunningGenerator = RunningLoad & {
  /** What everything that it starts bears in its environment: see find-run.ts. */
  run: string
}

/** How long it may take to sum up after SIGINT, before its launcher ends it. */
const SUM_UP: Duration = 500
/** How long it has after that, before SIGKILL. */
const GRACE: Duration = 500

/**
 * Starts a load generator of the user's under a launcher of its own, in the folder `cwd`. It ends with all that came
 * of it when it is stopped, and when we die. Does not reject: everything that happens, failures too, is told to `emit`.
 */
export function startGenerator(
  plan: GeneratorPlan,
  cwd: string,
  emit: (event: GeneratorEvent) => void,
): RunningGenerator {
  emit({ type: 'generator-started', at: monotonic(), plan })
  const run = newRunId()
  let first: number | null = null
  let ending: Ending | null = null
  let error: string | null = null
  let isStopped = false
  let isOver = false
  const finish = () => {
    isOver = true
    const failure = error === null ? {} : { error }
    emit({ type: 'generator-ended', at: monotonic(), ending, stopped: isStopped, ...failure })
  }

  let launcher: Launcher
  try {
    launcher = startLauncher({
      command: [...plan.command],
      env: {},
      cwd,
      run,
      stopSignal: 'SIGTERM',
      graceMs: GRACE,
      contain: false,
      files: [],
    })
  } catch (failure) {
    error = (failure as Error).message
    finish()
    const done = Promise.resolve()
    return { run, report() {}, change() {}, done, stop: () => done }
  }

  const hear = (event: LauncherEvent) => {
    switch (event.type) {
      case 'server-started':
        first = event.pid
        return
      case 'server-ended':
      case 'reaped':
        // Another one may go on after it, and end in another way.
        if (event.pid === first) ending = event.ending
        return
      case 'server-failed':
        error ??= event.reason
        return
      case 'server-starting':
      case 'server-stopping':
      case 'server-left':
      case 'server-daemonized':
      case 'server-gone':
      case 'output':
      case 'output-skipped':
        return
      default:
        return unreachable(event)
    }
  }
  const { started, gone, stop } = followLauncher({
    launcher,
    command: plan.command[0]!,
    what: 'load generator',
    cwd,
    traces: { run, session: launcher.pid, mapping: null, known: () => [] },
    beforeStart: async () => {},
    keep: new KeepLastLines((line) => emit({ type: 'generator-output', at: monotonic(), line })),
    emit: hear,
  })
  const done = gone.then(finish)

  /** Ctrl-C first: then the usual ones sum up what they did so far. */
  const end = async () => {
    const pids = await started
    if (pids) signalGroup(pids.pid, 'SIGINT', { parents: [pids.launcher] })
    const timer = setTimeout(() => stop('none', monotonic() + GRACE), SUM_UP)
    await gone
    clearTimeout(timer)
  }
  return {
    run,
    report() {},
    change() {},
    done,
    stop() {
      if (!isStopped && !isOver) {
        isStopped = true
        void end()
      }
      return done
    },
  }
}
