import { checkClients } from '../load/check-load.ts'
import { planFor } from '../load/plan.ts'
import { takesOption } from '../options/model-options.ts'
import type { CommandLine } from '../options/parse.ts'
import { type OptionGroup, type Options, option, optionNames } from '../options/table.ts'
import { loadProgress } from '../report/load-text.ts'
import { runReport } from '../report/run-json.ts'
import { runText } from '../report/run-text.ts'
import { balanceOf } from '../select/balance.ts'
import { LiveSession } from '../session/live-session.ts'
import type { Session } from '../session/session.ts'
import type { Target } from '../session/target.ts'
import { until } from '../session/until.ts'
import type { Millis } from '../state/event.ts'
import type { State } from '../state/state.ts'
import { type Interruption, onInterrupt } from './interrupt.ts'
import { isWell, meansZombies } from './run-outcome.ts'
import { sendTimedSignals } from './run-signals.ts'
import { findTarget } from './target.ts'
import { whereItListens } from './where-it-listens.ts'

const SETTLE_TIMEOUT: Millis = 2000
/** Options that are told in the report, beside those of models. */
const REPORTED: OptionGroup[] = ['address', 'service', 'load', 'http', 'signals']

/**
 * `run`: start a server, load it, stop it, report. Returns the exit code: 0 when all is well, 128 and its number when
 * a signal of the user's ended it, else 1.
 */
export async function run(commandLine: CommandLine): Promise<number> {
  checkClients(commandLine.options.clients)
  const { target, options } = await findTarget(commandLine)
  const session: Session = new LiveSession()
  const interruption = onInterrupt(() => void session.commands.stop())
  const atStop = lastRunning(session)
  let failures: string[] = []
  // Nobody looks at the connections, nor at the processes more than now and then.
  session.commands.watch({ processes: 1000, sockets: false })
  try {
    await session.commands.start(target)
    failures = await loadServer(session, target, options, interruption)
  } finally {
    await session.commands.stop()
  }
  const { state } = session
  const given = reportedOptions(state, options, target)
  console.log(options.json ? JSON.stringify(runReport(state, given, atStop())) : runText(state))
  for (const failure of failures) console.error(failure)
  if (interruption.exitCode !== null) return interruption.exitCode
  return failures.length === 0 && isWell(state, atStop(), target, options) ? 0 : 1
}

/** Returns the state as it was when the server last ran, before it ended or was told to stop. */
function lastRunning(session: Session): () => State {
  let last = session.state
  session.subscribe((state) => {
    if (state.server.phase === 'running') last = state
  })
  return () => last
}

/** Returns a sentence for each thing that was to be done meanwhile and was not. */
async function loadServer(
  session: Session,
  target: Target,
  options: Options,
  interruption: Interruption,
): Promise<string[]> {
  const where = await whereItListens(session, target, options).catch((error) => {
    if (interruption.exitCode === null) throw error
  })
  if (!where) return []
  const plan = planFor(options, where.host, where.port, target)
  const unsubscribe = options.json ? () => {} : session.subscribe(loadProgress(process.stderr))
  const signals = sendTimedSignals(session, options.signals)
  await session.commands.startLoad(plan, options.delay)
  const failures = signals.end()
  unsubscribe()
  await settle(session, meansZombies(target, options))
  return failures
}

/** Waits until every connection is accounted for, the server has come to rest, and zombies that will be are reaped. */
async function settle(session: Session, withZombies: boolean): Promise<void> {
  let before = -1
  await until(
    session,
    (state) => {
      const isAtRest = state.probe.events === before
      before = state.probe.events
      return isAtRest && balanceOf(state).missing === 0 && (withZombies || state.zombies.now === 0)
    },
    SETTLE_TIMEOUT,
  )
}

/**
 * What the server and its load were started with: of the options those that mean something to it. Where a server of
 * the user's own listens and what it speaks was found out.
 */
function reportedOptions({ load }: State, options: Options, target: Target): Record<string, unknown> {
  const { command, model } = target
  const names = optionNames().filter((name) => {
    const { group } = option(name)
    if (group === 'models') return model !== null
    return group === 'model' ? model !== null && takesOption(model, name) : REPORTED.includes(group)
  })
  const own = Object.fromEntries(names.map((name) => [name, options[name]]))
  const { port = null, service = null } = load.plan ?? {}
  return { ...own, ...(!model && { port, service }), command }
}
