import { Engine } from '../engine/engine.ts'
import type { CommandLine } from '../options/parse.ts'
import { UsageError } from '../options/usage-error.ts'
import { processTable } from '../report/run-text.ts'
import type { State } from '../state/state.ts'
import { findTarget, refuseForeignOptions } from './target.ts'

/** `serve`: a server alone in the foreground, until Ctrl-C. Returns the exit code: the server's, if it ended itself. */
export async function serve(commandLine: CommandLine): Promise<number> {
  if (commandLine.server)
    throw new UsageError('serve starts a model; your own server needs no help to run alone.')
  refuseForeignOptions(commandLine)
  const target = await findTarget(commandLine, commandLine.words)
  const engine = new Engine()
  const stop = () => void engine.stop()
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, stop)

  let printed = 0
  engine.subscribe(({ log, listeners }) => {
    for (const { id, what } of log.entries) {
      if (id <= printed) continue
      printed = id
      if (what.kind === 'output') process.stderr.write(`${what.line}\n`)
    }
    if (listeners.length > 0) announce()
  })
  const announce = once(() =>
    console.log(`${target.name} serves on ${target.host} port ${target.port}. Ctrl-C ends it.`),
  )

  await engine.start(target)
  await engine.until(({ server }) => server.phase === 'gone', null)
  console.log(processTable(engine.state).join('\n'))
  return exitCode(engine.state)
}

function once(action: () => void): () => void {
  let done = false
  return () => {
    if (!done) action()
    done = true
  }
}

function exitCode({ server }: State): number {
  if (server.stopRequestedAt !== null) return 0
  return server.ending && 'code' in server.ending ? server.ending.code : 1
}
