import { startLoad } from '../../../src/load/start-load.ts'
import type { LoadEvent } from '../../../src/state/event.ts'
import { BYTES, CLIENTS, type ClientResult } from './c-client.ts'

/** Runs our load engine with as many clients as the C client has processes. Throws when the engine fails. */
export async function runOurLoad(port: number, connections: number): Promise<ClientResult> {
  let ended: Extract<LoadEvent, { type: 'load-ended' }> | null = null
  const plan = {
    host: '127.0.0.1',
    port,
    clients: CLIENTS,
    connections,
    duration: null,
    requests: 1,
    unix: null,
    bytes: BYTES,
    service: 'bytes',
    http: { path: '/', method: 'GET', headers: [], body: '' },
    rate: 0,
    think: 0,
  } as const
  await startLoad(plan, 0, (event) => {
    if (event.type === 'load-ended') ended = event
  }).done
  return result(ended, CLIENTS * connections)
}

function result(ended: Extract<LoadEvent, { type: 'load-ended' }> | null, asked: number): ClientResult {
  if (!ended || ended.error) throw new Error(`the load engine failed: ${ended?.error ?? 'it did not end'}`)
  const { succeeded, elapsed } = ended.figures
  const seconds = elapsed / 1000
  return { connections: succeeded, failures: asked - succeeded, seconds, rate: succeeded / seconds }
}
