import { startLoad } from '../../../src/load/start-load.ts'
import { failureCount } from '../../../src/state/counts.ts'
import type { LoadEvent, LoadFigures, LoadPlan } from '../../../src/state/event.ts'
import { BYTES, CLIENTS, type ClientResult } from './c-client.ts'

const plan: LoadPlan = {
  host: '127.0.0.1',
  port: 0,
  clients: CLIENTS,
  connections: 1,
  duration: null,
  requests: 1,
  unix: null,
  bytes: BYTES,
  service: 'bytes',
  http: { path: '/', method: 'GET', headers: [], body: '' },
  rate: 0,
  think: 0,
}

/** Runs our load engine with as many clients as the C client has processes. Throws when the engine fails. */
export async function runOurLoad(port: number, connections: number): Promise<ClientResult> {
  const { succeeded, elapsed } = await run({ ...plan, port, connections })
  const seconds = elapsed / 1000
  return {
    connections: succeeded,
    failures: CLIENTS * connections - succeeded,
    seconds,
    rate: succeeded / seconds,
  }
}

/** Runs our load in HTTP for so many seconds. Returns requests a second. Throws when the engine or a request fails. */
export async function runOurHttpLoad(
  port: number,
  given: { clients: number; requests: number; seconds: number },
): Promise<number> {
  const { seconds, ...amounts } = given
  const { requests, failed, elapsed } = await run({
    ...plan,
    ...amounts,
    port,
    service: 'http',
    duration: seconds * 1000,
  })
  if (failureCount(failed) > 0) throw new Error(`our load failed: ${JSON.stringify(failed)}`)
  return (requests / elapsed) * 1000
}

async function run(asked: LoadPlan): Promise<LoadFigures> {
  let ended: Extract<LoadEvent, { type: 'load-ended' }> | null = null
  await startLoad(asked, 0, (event) => {
    if (event.type === 'load-ended') ended = event
  }).done
  return figuresOf(ended)
}

function figuresOf(ended: Extract<LoadEvent, { type: 'load-ended' }> | null): LoadFigures {
  if (!ended || ended.error) throw new Error(`the load engine failed: ${ended?.error ?? 'it did not end'}`)
  return ended.figures
}
