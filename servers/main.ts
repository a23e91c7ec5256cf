/**
 * The process that is a server: `node --single-threaded --v8-pool-size=0 server.js MODEL '{"port":2000,…}'`. Or a
 * lab, which ends by itself, with exit code 0 when its outcome was as the theory says. It knows nothing of who watches it.
 */
import { isMainThread, parentPort } from 'node:worker_threads'
import { findLab, findModel } from './catalog.ts'
import { defaultLabOptions } from './labs/options.ts'
import { listenProblem } from './listen-problem.ts'
import { loadLab, loadModel } from './load-entry.ts'
import { defaultOptions, type ServerOptions } from './options.ts'
import { PosixError, signal } from './posix/index.ts'
import { delayed, findService, sampleRequests } from './services/find.ts'
import { beginThread } from './thread-pool.ts'
import { warmUp } from './warm-up.ts'

async function main([name = '', json = '{}']: string[]): Promise<void> {
  const lab = findLab(name)
  if (lab) {
    const run = await loadLab(lab.name)
    process.exit(run({ ...defaultLabOptions, ...JSON.parse(json) }) ? 0 : 1)
  }
  if (isMainThread) forgetNodesHandlers()
  const model = findModel(name)
  if (!model) throw new Error(`No model is called "${name}".`)
  const { service, ...options }: ServerOptions = { ...defaultOptions, ...JSON.parse(json) }
  const own = await findService(service)
  const request = sampleRequests[service]
  if (model.node === 'without-threads' && request) warmUp(own, request)
  const found = delayed(own, options.delay)
  if (!isMainThread) parentPort!.postMessage('begun')
  const run = await loadModel(name)
  try {
    await run({ ...options, service: found, serviceName: service })
  } catch (error) {
    throw new Error(explain(error, options))
  }
}

/** Node catches these for its debugger and the terminal's sake; a child would inherit that. */
function forgetNodesHandlers(): void {
  for (const name of ['SIGINT', 'SIGTERM', 'SIGUSR1'] as const) signal(name, 'default')
}

function explain(error: unknown, { host, port }: Omit<ServerOptions, 'service'>): string {
  if (!(error instanceof PosixError))
    return error instanceof Error ? (error.stack ?? error.message) : String(error)
  const problem = listenProblem(error.code, host, port)
  return problem ?? `The server stopped: ${error.syscall} failed with ${error.code}.`
}

main(isMainThread ? process.argv.slice(2) : beginThread()).catch((error) => {
  process.stderr.write(`${error.message}\n`)
  process.exit(1)
})
