/**
 * Thread per client: the main thread accepts and starts a thread for each client, which serves it and ends. The
 * threads are POSIX threads that run the service natively: a JavaScript isolate for each client would cost tens of
 * milliseconds. Source: UNP 26.4, 30.10; pthread_create(3).
 */
import { openListener } from '../listener.ts'
import type { ModelOptions } from '../options.ts'
import { accept, startThread, threadServices } from '../posix/index.ts'

export function threadPerClient(options: ModelOptions): never {
  const service = threadServices.find((name) => name === options.serviceName)
  if (!service) throw new Error('A thread for each client runs no JavaScript: it serves bytes or echo only.')
  const listener = openListener(options)
  for (;;) {
    const connection = accept(listener)
    startThread(connection, service, options.delay)
  }
}
