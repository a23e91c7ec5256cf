import { onInterrupt } from '../interrupt.ts'
import type { CommandLine } from '../options/parse.ts'
import { Refusal } from '../refusal.ts'
import { processTable } from '../report/run-text.ts'
import { LiveSession } from '../session/live-session.ts'
import type { Session } from '../session/session.ts'
import { until } from '../session/until.ts'
import type { State } from '../state/state.ts'
import { printOutput } from './print-output.ts'
import { findTarget } from './target.ts'

/** `serve`: a server alone in the foreground, until Ctrl-C. Returns the exit code: the server's, if it ended itself. */
export async function serve(commandLine: CommandLine): Promise<number> {
  const { target } = await findTarget(commandLine)
  const session: Session = new LiveSession()
  onInterrupt(() => void session.commands.stop())

  printOutput(session, { stdout: process.stderr, stderr: process.stderr })
  session.subscribe(({ listeners }) => {
    if (listeners.length > 0) announce()
  })
  const announce = once(() =>
    console.log(`${target.name} serves on ${target.host} port ${target.port}. Ctrl-C ends it.`),
  )

  await session.commands.start(target)
  await until(session, ({ server }) => server.phase === 'gone', null)
  const { failure } = session.state.server
  if (failure !== null) throw new Refusal(failure)
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
