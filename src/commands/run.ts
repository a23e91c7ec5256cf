import { checkLoad } from '../load/check-load.ts'
import { planFor } from '../load/plan.ts'
import { isSocketThere } from '../load/unix-address.ts'
import type { CommandLine } from '../options/parse.ts'
import type { Options } from '../options/table.ts'
import { Refusal } from '../refusal.ts'
import { loadProgress } from '../report/load-text.ts'
import { runReport } from '../report/run-json.ts'
import { runText } from '../report/run-text.ts'
import { balanceOf } from '../select/balance.ts'
import { loadListener, reachable } from '../select/listening.ts'
import { isLoadComplete } from '../select/load.ts'
import { isOver } from '../select/over.ts'
import { LiveSession } from '../session/live-session.ts'
import type { Session } from '../session/session.ts'
import type { Target } from '../session/target.ts'
import { until } from '../session/until.ts'
import { describeEnding } from '../state/ending.ts'
import type { Millis } from '../state/event.ts'
import type { State } from '../state/state.ts'
import { findTarget, refuseForeignOptions } from './target.ts'

const START_TIMEOUT: Millis = 30_000
const SETTLE_TIMEOUT: Millis = 2000

/** `run`: start a server, load it, stop it, report. Returns the exit code: 0 when all succeeded and balances. */
export async function run(commandLine: CommandLine): Promise<number> {
  refuseForeignOptions(commandLine)
  const target = await findTarget(commandLine, commandLine.words)
  checkLoad(commandLine, target)
  const { options } = commandLine
  const session: Session = new LiveSession()
  let interrupted = false
  const interrupt = () => {
    interrupted = true
    void session.commands.stop()
  }
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, interrupt)
  // Nobody looks at the connections, nor at the processes more than now and then.
  session.commands.watch({ processes: 1000, sockets: false })
  try {
    await session.commands.start(target)
    await loadServer(session, target, options)
  } finally {
    await session.commands.stop()
  }
  const { state } = session
  const { json, serviceCode, ...others } = options
  console.log(
    json ? JSON.stringify(runReport(state, { ...others, command: target.command })) : runText(state),
  )
  return !interrupted && isComplete(state) ? 0 : 1
}

async function loadServer(session: Session, target: Target, options: Options): Promise<void> {
  const { host, port } = await whereItListens(session, target, options)
  const plan = planFor(options, host, port, target)
  const unsubscribe = options.json ? () => {} : session.subscribe(loadProgress(process.stderr))
  await session.commands.startLoad(plan, options.delay)
  unsubscribe()
  await settle(session)
}

async function whereItListens(
  session: Session,
  target: Target,
  { unix, host, port }: Options,
): Promise<{ host: string; port: number }> {
  if (unix !== null) {
    await until(session, (state) => isSocketThere(unix) || isOver(state), START_TIMEOUT)
    if (!isSocketThere(unix) || isOver(session.state))
      throw new Refusal(
        session.state.server.failure ??
          `${target.name} does not listen on ${unix} after ${START_TIMEOUT / 1000} seconds: is --unix right?`,
      )
    return { host, port }
  }
  await until(
    session,
    (state) => loadListener(state, target.port) !== undefined || isOver(state),
    START_TIMEOUT,
  )
  const listener = loadListener(session.state, target.port)
  if (!listener || isOver(session.state)) throw new Refusal(whyNotListening(session.state, target))
  return { host: reachable(listener), port: listener.port }
}

/** Waits until every connection is accounted for and the server has come to rest. */
async function settle(session: Session): Promise<void> {
  let before = -1
  await until(
    session,
    (state) => {
      const isAtRest = state.probe.events === before
      before = state.probe.events
      return isAtRest && balanceOf(state).missing === 0
    },
    SETTLE_TIMEOUT,
  )
}

function whyNotListening({ server }: State, { model, name, port }: Target): string {
  const last = tellingLine(server.output)
  if (server.failure) return server.failure
  // A model says itself, in a sentence, why it could not start.
  if (server.ending && last && model) return last.replace(/^\[\d+\] /, '')
  if (server.ending)
    return `${name} ended before it listened: ${describeEnding(server.ending)}${last ? `. It said: ${last}` : '.'}`
  const where = port === null ? 'any port' : `port ${port}`
  return `${name} does not listen on ${where} after ${START_TIMEOUT / 1000} seconds: is it a TCP server, and is --port right?`
}

function isComplete(state: State): boolean {
  return isLoadComplete(state.load) && balanceOf(state).missing === 0
}

/** Of a server's last words the line that says most: its error, if it names one. */
function tellingLine(lines: readonly string[]): string | undefined {
  return lines.findLast((line) => /^\w*(Error|Exception)\b/.test(line)) ?? lines.at(-1)
}
