import type { CommandLine } from '../options/parse.ts'
import { UsageError } from '../options/usage-error.ts'
import { processTable } from '../report/run-text.ts'
import { LiveSession } from '../session/live-session.ts'
import type { Session } from '../session/session.ts'
import { until } from '../session/until.ts'
import type { State } from '../state/state.ts'
import { printOutput } from './print-output.ts'
import { findTarget, refuseForeignOptions } from './target.ts'

/** `serve`: a server alone in the foreground, until Ctrl-C. Returns the exit code: the server's, if it ended itself. */
export async function serve(commandLine: CommandLine): Promise<number> {
  if (commandLine.server)
    throw new UsageError('serve starts a model; your own server needs no help to run alone.')
  refuseForeignOptions(commandLine)
  const target = await findTarget(commandLine, commandLine.words)
  const session: Session = new LiveSession()
  const stop = () => void session.commands.stop()
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, stop)

  printOutput(session, { stdout: process.stderr, stderr: process.stderr })
  session.subscribe(({ listeners }) => {
    if (listeners.length > 0) announce()
  })
  const announce = once(() =>
    console.log(`${target.name} serves on ${target.host} port ${target.port}. Ctrl-C ends it.`),
  )

  await session.commands.start(target)
  await until(session, ({ server }) => server.phase === 'gone', null)
  console.log(processTable(session.state).join('\n'))
  return exitCode(session.state)
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
