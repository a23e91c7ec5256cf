import { once } from 'node:events'
import { createServer } from 'node:net'

/** Below the ports that the kernel gives to clients, so that none of them takes it between the test and the use. */
const FIRST = 20_000
const LAST = 32_000
let next = FIRST + (process.pid % 1000) * 12

/** A port on 127.0.0.1 that nobody uses. */
export async function freePort(): Promise<number> {
  for (;;) {
    const port = next
    next = next < LAST ? next + 1 : FIRST
    if (await isFree(port)) return port
  }
}

async function isFree(port: number): Promise<boolean> {
  const server = createServer().listen(port, '127.0.0.1')
  try {
    await once(server, 'listening')
    return true
  } catch {
    return false
  } finally {
    server.close()
  }
}
