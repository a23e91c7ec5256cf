/**
 * Event loop: Node's own. One process; libuv waits in epoll_wait for all sockets and calls back. What the other
 * loops here spell out is inside the runtime. Source: node:net.
 */
import { once } from 'node:events'
import type { ModelOptions } from '../options.ts'
import { createStreamServer } from '../serve-stream.ts'

export async function eventLoop({ service, host, port, backlog }: ModelOptions): Promise<void> {
  const server = createStreamServer(service)
  server.listen({ host, port, backlog })
  await once(server, 'close')
}
