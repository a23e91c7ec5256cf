import { monotonic } from '../clock.ts'
import type { Duration, FoundProtocol, LoadEvent, LoadPlan } from '../state/event.ts'
import { noFigures } from '../state/state.ts'
import type { SilenceLimits } from './protocols/index.ts'
import { startWorker, type Worker } from './start-worker.ts'
import { sumFigures } from './sum-figures.ts'
import { whyTooMany } from './too-many.ts'
import type { WorkerPlan } from './worker-messages.ts'
import { workersFor } from './workers-for.ts'

export type RunningLoad = {
  /** Emits the figures as they are now, as `load-progress`; nothing once the load has ended. */
  report(): void
  /** From now on the load goes by another plan for the same server; connections under way stay as they are. */
  change(plan: LoadPlan): void
  /** Resolves when every connection is made or given up; `load-ended` has told the figures. */
  done: Promise<void>
  /** Ends the load; connections under way are closed. Resolves as `done`. */
  stop(): Promise<void>
}

/** A connection may take this long without any progress, beside the server's own delay. */
const IDLE_TIMEOUT: Duration = 30_000
/** How long a server may say nothing, beside its own delay, before it is asked in another way. */
const SILENCE_LIMITS: SilenceLimits = { any: 500, http: 5000 }

/**
 * Starts a load in worker processes of its own, one for each core. Does not reject: failures are events too. `ledger`
 * leads to the probe's file, where it is noted when connections are accepted; null where there is none.
 */
export function startLoad(
  plan: LoadPlan,
  delay: Duration,
  emit: (event: LoadEvent) => void,
  ledger: string | null = null,
): RunningLoad {
  emit({ type: 'load-started', at: monotonic(), plan })
  try {
    return startWorkers(plan, delay, emit, ledger)
  } catch (error) {
    emit({
      type: 'load-ended',
      at: monotonic(),
      figures: noFigures,
      stopped: false,
      error: (error as Error).message,
    })
    const done = Promise.resolve()
    return { report() {}, change() {}, done, stop: () => done }
  }
}

function startWorkers(
  plan: LoadPlan,
  delay: Duration,
  emit: (event: LoadEvent) => void,
  ledger: string | null,
): RunningLoad {
  const why = whyTooMany(plan.clients)
  if (why) throw new Error(why)
  const count = workersFor(plan.clients)
  let isOver = false
  let current = plan
  let asking = 0
  let found: FoundProtocol | null = null
  const follow = (next: LoadPlan) => {
    const known = found && next.service === 'auto' ? { ...next, service: found.service } : next
    current = known
    for (const [i, worker] of workers.entries()) worker.follow(share(known, delay, i, { count, asking }))
  }
  const onReport = () => {
    find()
    if (!workers.every((worker) => worker.isDone())) return
    isOver = true
    for (const worker of workers) worker.finish()
  }
  // One worker asks, the others wait for what it finds; the next one asks when none of its connections was made.
  const find = () => {
    if (found || current.service !== 'auto') return
    found = workers[asking]!.report()?.found ?? null
    if (found) emit({ type: 'protocol-found', at: monotonic(), found })
    else if (!workers[asking]!.isDone() || asking === count - 1) return
    else asking++
    follow(current)
  }
  const workers: Worker[] = []
  try {
    for (let i = 0; i < count; i++) {
      const part = share(plan, delay, i, { count, asking })
      workers.push(startWorker(part, ledger, onReport))
    }
  } catch (error) {
    for (const worker of workers) worker.finish()
    throw error
  }
  let hasRate = plan.rate > 0
  const figures = () => sumFigures(workers, hasRate)
  const done = Promise.all(workers.map((worker) => worker.ended)).then((errors) => {
    isOver = true
    const error = errors.find((each) => each !== null)
    const stopped = workers.some((worker) => worker.report()?.stopped)
    emit({ type: 'load-ended', at: monotonic(), figures: figures(), stopped, ...(error && { error }) })
    for (const worker of workers) worker.close()
  })
  return {
    report() {
      if (!isOver) emit({ type: 'load-progress', at: monotonic(), figures: figures() })
    },
    change(next) {
      if (isOver) return
      hasRate ||= next.rate > 0
      follow(next)
      emit({ type: 'load-changed', at: monotonic(), plan: next })
    },
    done,
    stop() {
      for (const worker of workers) worker.stop()
      return done
    },
  }
}

/** The i-th worker's part of the clients, and of the rate in the same proportion. */
function share(
  plan: LoadPlan,
  delay: Duration,
  i: number,
  { count, asking }: { count: number; asking: number },
): WorkerPlan {
  const clients = Math.floor(plan.clients / count) + (i < plan.clients % count ? 1 : 0)
  const rate = (plan.rate * clients) / plan.clients
  const times = { idleTimeout: IDLE_TIMEOUT + delay, silenceLimits: silenceLimitsWith(delay) }
  return { ...plan, clients, rate, ...times, phase: i / count, asks: i === asking }
}

function silenceLimitsWith(delay: Duration): SilenceLimits {
  return { any: SILENCE_LIMITS.any + delay, http: SILENCE_LIMITS.http + delay }
}
