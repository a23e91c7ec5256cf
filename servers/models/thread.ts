/**
 * Thread per client: the main thread accepts and starts a thread for each client, which serves it and ends. The
 * threads are POSIX threads that run the service natively: a JavaScript isolate for each client would cost tens of
 * milliseconds. Source: UNP 26.4, 30.10; pthread_create(3).
 */
import { Acceptor } from '../acceptor.ts'
import { openListener } from '../listener.ts'
import { log } from '../log.ts'
import type { ModelOptions } from '../options.ts'
import { close, failedWith, startThread, type ThreadService, threadServices } from '../posix/index.ts'

export function threadPerClient(options: ModelOptions): never {
  const service = threadServices.find((name) => name === options.serviceName)
  if (!service) throw new Error('A thread for each client runs no JavaScript: it serves bytes or echo only.')
  const listener = openListener(options)
  const acceptor = new Acceptor(listener)
  for (;;) {
    const connection = acceptor.accept()
    tryStartThread(connection, service, options.delay)
  }
}

/** As startThread(); where there can be no more threads that client is lost, the server goes on. */
function tryStartThread(connection: number, service: ThreadService, delay: number): void {
  try {
    startThread(connection, service, delay)
  } catch (error) {
    if (!failedWith(error, 'EAGAIN', 'ENOMEM')) throw error
    log(`connection closed: ${error.message}`)
    close(connection)
  }
}
