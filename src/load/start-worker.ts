import { closeSync, readSync } from 'node:fs'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { execa } from 'execa'
import { packageRoot } from '../../servers/posix/native.ts'
import { openSharedFile } from '../shared-file.ts'
import { COUNTS_SIZE, countNames, type LoadCounts, namedCounts } from './counts.ts'
import type { WorkerOrder, WorkerPlan, WorkerReport } from './worker-messages.ts'

export type Worker = {
  /** Its counts as they are now. */
  counts(): LoadCounts
  /** Its latest report; null before the first. */
  report(): WorkerReport | null
  /** Whether nothing is left to do of the latest plan, or the worker has failed. */
  isDone(): boolean
  /** From now on it goes by another plan. */
  follow(plan: WorkerPlan): void
  stop(): void
  /** No more will be asked of it: it ends. */
  finish(): void
  /** Resolves when it has ended to null, or to why it failed. */
  ended: Promise<string | null>
  /** Its counts will not be looked at any more. */
  close(): void
}

/** Starts one load worker, see worker.ts; each report, and its end, is told by `onReport`. `ledger` leads to the probe's file. */
export function startWorker(plan: WorkerPlan, ledger: string | null, onReport: () => void): Worker {
  const shared = openSharedFile(COUNTS_SIZE)
  const counts = new Float64Array(countNames.length)
  let last: WorkerReport | null = null
  let order = 0
  let hasEnded = false
  const worker = execa(process.execPath, [join(packageRoot(), 'dist/load-worker.js')], {
    stdin: 'pipe',
    stdout: 'pipe',
    stderr: 'pipe',
    buffer: { stdout: false },
    reject: false,
    // The user's Ctrl-C is for us; we tell the workers.
    detached: true,
  })
  worker.stdin.on('error', () => {}) // it ended before it was told to
  const tell = (message: WorkerOrder) => worker.stdin.write(`${JSON.stringify(message)}\n`)
  tell({ plan, order, counts: `/proc/${process.pid}/fd/${shared}`, ledger })
  createInterface({ input: worker.stdout }).on('line', (line) => {
    try {
      last = JSON.parse(line)
      onReport()
    } catch {
      // It was killed in the middle of a line; its end tells so.
    }
  })
  const isDone = () => hasEnded || (last?.done === true && last.order === order)
  return {
    counts() {
      readSync(shared, counts, 0, COUNTS_SIZE, 0)
      return namedCounts(counts)
    },
    report: () => last,
    isDone,
    follow: (next) => tell({ plan: next, order: ++order }),
    stop: () => tell({ stop: true }),
    finish: () => worker.stdin.end(),
    ended: worker.then(({ stderr }) => {
      const error = isDone()
        ? null
        : (/^\w*Error: .*$/m.exec(stderr)?.[0] ?? 'the load process ended too early')
      hasEnded = true
      onReport()
      return error
    }),
    close: () => closeSync(shared),
  }
}
