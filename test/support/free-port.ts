import { once } from 'node:events'
import { createServer } from 'node:net'

/** Below the ports that the kernel gives to clients, so that none of ours is taken by the other end of a connection. */
const FIRST = 20_000
const LAST = 32_000

let next = FIRST + Math.floor(Math.random() * (LAST - FIRST))

/** A port of 127.0.0.1 on which nothing listens; each call gives another. */
export async function freePort(): Promise<number> {
  for (;;) {
    next = next < LAST ? next + 1 : FIRST
    if (await isFree(next)) return next
  }
}

async function isFree(port: number): Promise<boolean> {
  const server = createServer().listen({ host: '127.0.0.1', port, exclusive: true })
  const free = await once(server, 'listening').then(
    () => true,
    () => false,
  )
  server.close()
  return free
}
