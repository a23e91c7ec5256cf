/**
 * Prethread: N threads of one process block in accept on the listener; the kernel gives each connection to one of
 * them. With a lock only the thread that holds it is in accept. The threads are Node's workers, each with a
 * JavaScript isolate of its own. Source: UNP 30.11; accept(2).
 */
import { isMainThread, workerData } from 'node:worker_threads'
import { openListener } from '../listener.ts'
import type { ModelOptions } from '../options.ts'
import { accept, createMutex, lockMutex, type Mutex, unlockMutex } from '../posix/index.ts'
import { serve } from '../serve.ts'
import type { Service } from '../services/service.ts'
import { runThreads } from '../thread-pool.ts'

type Shared = { listener: number; mutex: Mutex | null }

export async function prethread(options: ModelOptions): Promise<void> {
  if (!isMainThread) thread(workerData.shared, options.service)
  const listener = openListener(options)
  const mutex = options.lock === 'mutex' ? createMutex() : null
  await runThreads(options.children, { listener, mutex } satisfies Shared)
}

function thread({ listener, mutex }: Shared, service: Service): never {
  for (;;) {
    if (mutex !== null) lockMutex(mutex)
    const connection = accept(listener)
    if (mutex !== null) unlockMutex(mutex)
    serve(connection, service)
  }
}
