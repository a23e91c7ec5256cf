import { close, shutdownWrite, socketpair, write } from './posix/index.ts'
import { serve } from './serve.ts'
import type { Service } from './services/service.ts'

/** Often enough that V8 has compiled all of it and knows its types. */
const TIMES = 1000

/**
 * Serves a few clients of our own before the first real one. V8 compiles a function when it is called: without this,
 * each child that a model forks would compile the whole service for itself.
 */
export function warmUp(service: Service, request: string): void {
  const bytes = Buffer.from(request)
  for (let i = 0; i < TIMES; i++) {
    const [client, server] = socketpair()
    write(client, bytes)
    shutdownWrite(client)
    serve(server, service)
    close(client)
  }
}
