import { availableParallelism } from 'node:os'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { execa } from 'execa'
import { packageRoot } from '../../servers/posix/native.ts'
import { monotonic } from '../clock.ts'
import type { LoadEvent, LoadPlan, Millis } from '../state/event.ts'
import type { WorkerPlan, WorkerReport } from './protocol.ts'
import { sumReports } from './sum-reports.ts'

export type RunningLoad = {
  /** Resolves when every connection is made or given up; `load-ended` has told the figures. */
  done: Promise<void>
  /** Ends the load; connections under way are closed. Resolves as `done`. */
  stop(): Promise<void>
}

/** A connection may take this long without any progress, beside the server's own delay. */
const PATIENCE: Millis = 30_000
const REPORT_INTERVAL: Millis = 100
/** More workers than this take the cores from the server. */
const MOST_WORKERS = 4

/** Starts a load in worker processes of its own, one for each core. Does not reject: failures are events too. */
export function startLoad(plan: LoadPlan, delay: Millis, emit: (event: LoadEvent) => void): RunningLoad {
  const count = Math.min(plan.clients, availableParallelism(), MOST_WORKERS)
  const workers = Array.from({ length: count }, (_, i) => startWorker(share(plan, delay, i, count)))
  emit({ type: 'load-started', at: monotonic(), plan })
  const figures = () => sumReports(workers.flatMap((worker) => worker.report() ?? []))
  const timer = setInterval(
    () => emit({ type: 'load-progress', at: monotonic(), figures: figures() }),
    REPORT_INTERVAL,
  )
  const done = Promise.all(workers.map((worker) => worker.done)).then((errors) => {
    clearInterval(timer)
    const error = errors.find((each) => each !== null)
    const stopped = workers.some((worker) => worker.report()?.stopped)
    emit({ type: 'load-ended', at: monotonic(), figures: figures(), stopped, ...(error && { error }) })
  })
  return {
    done,
    stop() {
      for (const worker of workers) worker.stop()
      return done
    },
  }
}

/** The i-th worker's part of the clients. */
function share(plan: LoadPlan, delay: Millis, i: number, count: number): WorkerPlan {
  const clients = Math.floor(plan.clients / count) + (i < plan.clients % count ? 1 : 0)
  return { ...plan, clients, patience: PATIENCE + delay }
}

type Worker = {
  report(): WorkerReport | null
  stop(): void
  /** Resolves to null, or to why the worker failed. */
  done: Promise<string | null>
}

function startWorker(plan: WorkerPlan): Worker {
  let last: WorkerReport | null = null
  const worker = execa(process.execPath, [join(packageRoot(), 'dist/load-worker.js')], {
    stdin: 'pipe',
    stdout: 'pipe',
    stderr: 'pipe',
    buffer: { stdout: false },
    reject: false,
    // The user's Ctrl-C is for us; we tell the workers.
    detached: true,
    cleanup: true,
  })
  worker.stdin.on('error', () => {}) // it ended before it was told to
  worker.stdin.write(`${JSON.stringify(plan)}\n`)
  const lines = createInterface({ input: worker.stdout })
  lines.on('line', (line) => {
    last = JSON.parse(line)
  })
  return {
    report: () => last,
    stop: () => worker.stdin.write('stop\n'),
    done: worker.then(({ stderr }) => {
      return last?.done ? null : stderr.trim().split('\n').at(-1) || 'the load process ended too early'
    }),
  }
}
