/**
 * Server models as a library: give one a handler, and it serves your clients its way.
 *
 *     import { serve } from 'csdesign-tui/servers'
 *
 *     await serve('select', {
 *       port: 2000,
 *       *handle(connection) {
 *         const request = new Uint8Array(1024)
 *         const length = yield* connection.read(request)
 *         yield* connection.write(request, length)
 *       },
 *     })
 */
import { findModel, models } from './catalog.ts'
import { loadModel } from './load-entry.ts'
import { defaultOptions, type ServerOptions } from './options.ts'
import { delayed } from './services/find.ts'
import type { Service } from './services/service.ts'

export type { ServerOptions } from './options.ts'
export type { Connection, Service, Wait } from './services/service.ts'

/** The names of the models that `serve` knows. */
export const modelNames: readonly string[] = models.map(({ name }) => name)

export type ServeOptions = Partial<Omit<ServerOptions, 'service'>> & {
  /** What is done for one client. A handler that throws ends its connection; the server goes on. */
  handle: Service
}

/**
 * Serves clients with the model of that name, in this process. The models that block, all but `event-loop` and
 * `cluster`, never give the thread back: the promise resolves only when the server is over. Rejects with a sentence
 * when there is no such model, when it cannot run a handler of yours (`thread` and the pools of threads), or when Node
 * lacks the options that forking needs; with a PosixError when the port cannot be opened.
 */
export async function serve(name: string, { handle, ...given }: ServeOptions): Promise<void> {
  const model = findModel(name)
  if (!model) throw new Error(`No model is called "${name}". There are ${modelNames.join(', ')}.`)
  const obstacle = model.choices?.service?.why ?? model.noHandler
  if (obstacle) throw new Error(`${name} cannot run a handler of yours: ${obstacle}.`)
  if (model.node === 'without-threads' && !process.execArgv.includes('--single-threaded'))
    throw new Error(`${name} may fork: start Node with --single-threaded --v8-pool-size=0.`)
  const { service: _, ...options } = { ...defaultOptions, ...given }
  const run = await loadModel(name)
  await run({ ...options, service: delayed(handle, options.delay), serviceName: 'handle' })
}
