import { findLab, type Lab, labs } from '../../servers/catalog.ts'
import { onInterrupt } from '../interrupt.ts'
import { didYouMean } from '../options/closest.ts'
import { optionsOfLab } from '../options/lab-options.ts'
import type { CommandLine } from '../options/parse.ts'
import { notOf } from '../options/refuse.ts'
import type { Options } from '../options/table.ts'
import { UsageError } from '../options/usage-error.ts'
import { Refusal } from '../refusal.ts'
import { herdLines } from '../report/herd-text.ts'
import { awaitedSignal } from '../session/awaited-signal.ts'
import { checkSystem } from '../session/check-start.ts'
import { compareHerds } from '../session/compare-herds.ts'
import { LiveSession } from '../session/live-session.ts'
import type { Session } from '../session/session.ts'
import { labTarget } from '../session/target.ts'
import { until } from '../session/until.ts'
import { printOutput } from './print-output.ts'

/** Source: signal(7). */
const UNCATCHABLE: NodeJS.Signals[] = ['SIGKILL', 'SIGSTOP']

/** `lab NAME`: a demonstration in the foreground. Returns the exit code: 0 when its outcome was as the theory says. */
export async function lab(commandLine: CommandLine): Promise<number> {
  const wanted = findWanted(commandLine)
  checkSystem()
  const session: Session = new LiveSession()
  const interruption = onInterrupt(() => void session.commands.stop())
  try {
    if (wanted.isComparison) {
      printHerd(session)
      const herding = { begin() {}, isInterrupted: () => interruption.exitCode !== null }
      return (await compareHerds(session, commandLine.options, herding)) ? 0 : 1
    }
    await runLab(session, wanted, commandLine.options)
  } finally {
    if (session.state.server.phase !== 'gone') await session.commands.stop()
  }
  const { ending, failure } = session.state.server
  if (failure) throw new Refusal(failure)
  return ending && 'code' in ending ? ending.code : 1
}

function findWanted({ words, options, given }: CommandLine): Lab {
  const [name, ...more] = words
  const names = labs.map((lab) => lab.name)
  if (name === undefined) throw new UsageError(`Which lab? There are ${names.join(', ')}.`)
  const wanted = findLab(name)
  if (!wanted)
    throw new UsageError(
      `No lab is called "${name}". There are ${names.join(', ')}.${didYouMean(name, names)}`,
    )
  if (more.length > 0) throw new UsageError(`One lab at a time, and nothing else: ${name}.`)
  const foreign = [...given].find((each) => !optionsOfLab(wanted).includes(each))
  if (foreign) throw notOf(name, foreign, 'lab')
  if (UNCATCHABLE.includes(options.signal))
    throw new UsageError(`No process can catch ${options.signal}: choose another, such as USR1.`)
  return wanted
}

/** Prints the table line by line, as it is measured. */
function printHerd(session: Session): void {
  let printed = 0
  session.subscribe(({ herd }) => {
    const lines = herd ? herdLines(herd) : []
    for (const line of lines.slice(printed)) console.log(line)
    printed = Math.max(printed, lines.length)
  })
}

async function runLab(session: Session, lab: Lab, options: Options): Promise<void> {
  const signal = awaitedSignal(lab, options)
  const unsubscribe = printOutput(session, process, () => signal && sendAtEnter(session, signal))
  await session.commands.start(labTarget(lab, options))
  await until(session, ({ server }) => server.phase === 'gone' || server.failure !== null, null)
  unsubscribe()
}

/** At a terminal Enter sends the signal; elsewhere the lab's own lines name its pid. */
function sendAtEnter(session: Session, signal: NodeJS.Signals): void {
  if (!process.stdin.isTTY) return
  console.log(`Enter sends ${signal}.`)
  process.stdin.on('data', () => {
    const { pid, ending } = session.state.server
    if (pid === null || ending) return
    session.commands.signal(pid, signal)
    console.log(`→ ${signal} sent to ${pid}`)
  })
}
