import { type Interruption, onInterrupt } from '../interrupt.ts'
import { checkClients } from '../load/check-load.ts'
import { generatorFor } from '../load/generator-plan.ts'
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
import type { Duration } from '../state/event.ts'
import type { State } from '../state/state.ts'
import { isWell, meansZombies } from './run-outcome.ts'
import { sendTimedSignals } from './run-signals.ts'
import { findTarget } from './target.ts'
import { whereItListens } from './where-it-listens.ts'

const SETTLE_TIMEOUT: Duration = 2000
/** Options that are told in the report, beside those of models. */
const REPORTED: OptionGroup[] = ['address', 'service', 'load', 'http', 'generator', 'signals']
/** Those that mean nothing to a load generator. */
const OF_CLIENTS: OptionGroup[] = ['load', 'http']

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
  let atLoad = session.state
  // Nobody looks at the connections, nor at the processes more than now and then.
  session.commands.watch({ processes: 1000, sockets: false })
  try {
    await session.commands.start(target)
    failures = await loadServer(session, target, options, interruption, (state) => {
      atLoad = state
    })
  } finally {
    await session.commands.stop()
  }
  const { state } = session
  const given = reportedOptions(state, options, target)
  console.log(options.json ? JSON.stringify(runReport(state, given, atStop())) : runText(state))
  for (const failure of failures) console.error(failure)
  if (interruption.exitCode !== null) return interruption.exitCode
  return failures.length === 0 && isWell(state, { atLoad, atStop: atStop() }, target, options) ? 0 : 1
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
  onLoad: (state: State) => void,
): Promise<string[]> {
  const where = await whereItListens(session, target, options).catch((error) => {
    if (interruption.exitCode === null) throw error
  })
  if (!where) return []
  const unsubscribe = options.json ? () => {} : session.subscribe(loadProgress(process.stderr))
  onLoad(session.state)
  const signals = sendTimedSignals(session, options.signals)
  await load(session, target, options, where)
  const failures = signals.end()
  unsubscribe()
  await settle(session, meansZombies(target, options))
  return failures
}

/** Puts our clients on the server, or the user's generator; resolves when they are done. */
function load(
  { commands }: Session,
  target: Target,
  options: Options,
  { host, port }: { host: string; port: number },
): Promise<void> {
  if (options.load !== null) return commands.startGenerator(generatorFor(options.load, host, port))
  return commands.startLoad(planFor(options, host, port, target), options.delay)
}

/** Waits until every connection is accounted for, the server has come to rest, and zombies that will be are reaped. */
async function settle(session: Session, withZombies: boolean): Promise<void> {
  let before = -1
  await until(
    session,
    (state) => {
      const isAtRest = state.probe.events === before
      before = state.probe.events
      return isAtRest && isAccepted(state) && (withZombies || state.zombies.now === 0)
    },
    SETTLE_TIMEOUT,
  )
}

/** Whether nothing is on its way between clients and server any more. */
function isAccepted(state: State): boolean {
  const { missing, queued } = balanceOf(state)
  return state.load.generator ? queued === 0 : missing === 0
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
    if (load.generator && OF_CLIENTS.includes(group)) return false
    return group === 'model' ? model !== null && takesOption(model, name) : REPORTED.includes(group)
  })
  const own = Object.fromEntries(names.map((name) => [name, options[name]]))
  const { port = null } = load.plan ?? load.generator ?? {}
  const { service = null } = load.plan ?? {}
  return { ...own, ...(!model && { port, service }), command }
}
