import { closeSync, readSync } from 'node:fs'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { execa } from 'execa'
import { packageRoot } from '../../servers/posix/native.ts'
import { openSharedFile } from '../shared-file.ts'
import { COUNTS_SIZE, countNames, type LoadCounts, namedCounts } from './counts.ts'
import type { WorkerPlan, WorkerReport } from './protocol.ts'

export type Worker = {
  /** Its counts as they are now. */
  counts(): LoadCounts
  /** Its latest report; null before the first. */
  report(): WorkerReport | null
  stop(): void
  /** Resolves to null, or to why the worker failed. */
  done: Promise<string | null>
  /** No more will be asked of it. */
  close(): void
}

/** Starts one load worker. See worker.ts. */
export function startWorker(plan: Omit<WorkerPlan, 'counts'>): Worker {
  const shared = openSharedFile(COUNTS_SIZE)
  const counts = new Float64Array(countNames.length)
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
  worker.stdin.write(`${JSON.stringify({ ...plan, counts: `/proc/${process.pid}/fd/${shared}` })}\n`)
  createInterface({ input: worker.stdout }).on('line', (line) => {
    last = JSON.parse(line)
  })
  return {
    counts() {
      readSync(shared, counts, 0, COUNTS_SIZE, 0)
      return namedCounts(counts)
    },
    report: () => last,
    stop: () => worker.stdin.write('stop\n'),
    done: worker.then(({ stderr }) => {
      if (last?.done) return null
      return /^\w*Error: .*$/m.exec(stderr)?.[0] ?? 'the load process ended too early'
    }),
    close: () => closeSync(shared),
  }
}
