import { createServer, type Server, type Socket } from 'node:net'
import { logFailure } from './serve.ts'
import type { Service } from './services/service.ts'
import { StreamConnection } from './services/stream-connection.ts'

/** Returns a server on Node's own event loop that gives each client to the service. */
export function createStreamServer(service: Service): Server {
  return createServer({ allowHalfOpen: true }, (socket) => void serveStream(socket, service))
}

async function serveStream(socket: Socket, service: Service): Promise<void> {
  const connection = new StreamConnection(socket)
  try {
    for (const wait of service(connection)) await connection.until(wait)
  } catch (error) {
    logFailure(error)
  }
  socket.end(() => socket.destroy())
}
