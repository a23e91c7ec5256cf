import { once } from 'node:events'
import { connect, type Socket } from 'node:net'

export type Answer = {
  bytes: Buffer
  /** The errno with which the connection ended, if it did not end well. */
  error: string | null
  milliseconds: number
}

/** Connects, sends the request, and returns all that comes until the connection is closed. */
export async function ask(
  port: number,
  request: string | Buffer,
  { halfClose = false } = {},
): Promise<Answer> {
  const from = performance.now()
  const socket = connect({ port, host: '127.0.0.1', noDelay: true })
  if (halfClose) socket.end(request)
  else socket.write(request)
  return { ...(await receiveAll(socket)), milliseconds: performance.now() - from }
}

/** All that comes until the connection is closed. */
export async function receiveAll(socket: Socket): Promise<Pick<Answer, 'bytes' | 'error'>> {
  const chunks: Buffer[] = []
  let error: string | null = null
  socket.on('data', (chunk) => chunks.push(chunk))
  socket.on('error', ({ code }: NodeJS.ErrnoException) => {
    error = code ?? 'unknown'
  })
  // Not events.once, which rejects at an error.
  await new Promise((resolve) => socket.once('close', resolve))
  return { bytes: Buffer.concat(chunks), error }
}

/** Connects and, when that is done, sends the request. */
export async function open(port: number, request: string | Buffer = ''): Promise<Socket> {
  const socket = connect({ port, host: '127.0.0.1', noDelay: true })
  await once(socket, 'connect')
  if (request.length > 0) socket.write(request)
  return socket
}
