/**
 * Prethread with a dispatcher: the main thread accepts and puts each connection into a queue; N threads take them
 * out. While the queue is full nothing is accepted. Source: UNP 30.12.
 */
import { isMainThread, workerData } from 'node:worker_threads'
import { Acceptor } from '../acceptor.ts'
import { DescriptorQueue } from '../descriptor-queue.ts'
import { openListener } from '../listener.ts'
import type { ModelOptions } from '../options.ts'
import { serve } from '../serve.ts'
import type { Service } from '../services/service.ts'
import { startThreads } from '../thread-pool.ts'

export async function prethreadDispatch(options: ModelOptions): Promise<void> {
  if (!isMainThread) thread(new DescriptorQueue(workerData.shared), options.service)
  const listener = openListener(options)
  const queue = new DescriptorQueue()
  await startThreads(options.children, queue.memory)
  const acceptor = new Acceptor(listener)
  for (;;) {
    const connection = acceptor.accept()
    queue.put(connection)
  }
}

function thread(queue: DescriptorQueue, service: Service): never {
  for (;;) {
    const connection = queue.take()
    serve(connection, service)
  }
}
