import { CLIENTS, runCClient } from '../processes/c-client.ts'
import { type Command, type Server, startServer } from '../processes/server.ts'

/** How a server did under the C client. */
export type Serving = {
  /** Connections a second. */
  rate: number
  /** Microseconds of the CPU that the server and its children used for a connection. */
  cpu: number
  failures: number
}

const RUN_SECONDS = 1.5
const WARM_UP_CONNECTIONS = 40

/** Starts a fresh server, warms it up, and measures it for about a second and a half. */
export async function measureServing(command: Command): Promise<Serving> {
  const server = await startServer(command)
  try {
    const { rate } = await runCClient(server.port, WARM_UP_CONNECTIONS)
    return await measure(server, Math.max(1, Math.round((rate * RUN_SECONDS) / CLIENTS)))
  } finally {
    await server.stop()
  }
}

async function measure(server: Server, connections: number): Promise<Serving> {
  const before = server.cpu()
  const { rate, connections: served, failures } = await runCClient(server.port, connections)
  return { rate, cpu: ((server.cpu() - before) / served) * 1e6, failures }
}
