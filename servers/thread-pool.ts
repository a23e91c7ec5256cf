import { once } from 'node:events'
import { Worker, workerData } from 'node:worker_threads'
import { nameThread } from './posix/index.ts'

/** What a worker thread is started with; `shared` is the model's own. */
export type ThreadData = { argv: string[]; name: string; shared: unknown }

/**
 * Starts so many threads, each of which runs this program's main module with the same arguments, and resolves when
 * all have begun. The model sees in isMainThread which side it is on.
 */
export async function startThreads(count: number, shared: unknown): Promise<Worker[]> {
  const workers = Array.from({ length: count }, (_, i) => {
    const data: ThreadData = { argv: process.argv.slice(2), name: `thread ${i}`, shared }
    return new Worker(process.argv[1]!, { workerData: data })
  })
  await Promise.all(workers.map((worker) => once(worker, 'message')))
  return workers
}

/** As startThreads, and waits for ever: the threads do the work. */
export async function runThreads(count: number, shared: unknown): Promise<void> {
  const workers = await startThreads(count, shared)
  await Promise.all(workers.map((worker) => once(worker, 'exit')))
}

/** In a new thread: takes its name, and returns the arguments of the program. */
export function beginThread(): string[] {
  const { name, argv } = workerData as ThreadData
  nameThread(name)
  return argv
}
