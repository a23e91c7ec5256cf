import { findLab, type Lab, labs } from '../../servers/catalog.ts'
import { awaitedSignal } from '../engine/awaited-signal.ts'
import { compareHerds } from '../engine/compare-herds.ts'
import { Engine } from '../engine/engine.ts'
import { checkSystem, Refusal } from '../engine/refuse.ts'
import { labTarget } from '../engine/target.ts'
import type { CommandLine } from '../options/parse.ts'
import type { Options } from '../options/table.ts'
import { UsageError } from '../options/usage-error.ts'
import type { State } from '../state/state.ts'

const LAB_OPTIONS = ['window', 'signal'] as const
/** Source: signal(7). */
const UNCATCHABLE: NodeJS.Signals[] = ['SIGKILL', 'SIGSTOP']

/** `lab NAME`: a demonstration in the foreground. Returns the exit code: 0 when its outcome was as the theory says. */
export async function lab(commandLine: CommandLine): Promise<number> {
  const wanted = findWanted(commandLine)
  checkSystem()
  const engine = new Engine()
  let interrupted = false
  const interrupt = () => {
    interrupted = true
    void engine.stop()
  }
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, interrupt)
  try {
    if (!wanted.run) {
      const herding = { say: console.log, begin() {}, isInterrupted: () => interrupted }
      return (await compareHerds(engine, commandLine.options, herding)) ? 0 : 1
    }
    await runLab(engine, wanted, commandLine.options)
  } finally {
    if (engine.state.server.phase !== 'gone') await engine.stop()
  }
  const { ending, failure } = engine.state.server
  if (failure) throw new Refusal(failure)
  return ending && 'code' in ending ? ending.code : 1
}

function findWanted({ words, options, given, server }: CommandLine): Lab {
  const [name, ...more] = words
  const names = labs.map((lab) => lab.name).join(', ')
  if (name === undefined) throw new UsageError(`Which lab? There are ${names}.`)
  const wanted = findLab(name)
  if (!wanted) throw new UsageError(`No lab is called "${name}". There are ${names}.`)
  if (more.length > 0 || server) throw new UsageError(`One lab at a time, and nothing else: ${name}.`)
  for (const option of LAB_OPTIONS)
    if (given.has(option) && !wanted.options.includes(option))
      throw new UsageError(`${name} has no --${option}; ${takers(option)}.`)
  if (UNCATCHABLE.includes(options.signal))
    throw new UsageError(`No process can catch ${options.signal}: choose another, such as USR1.`)
  return wanted
}

function takers(option: (typeof LAB_OPTIONS)[number]): string {
  const names = labs.filter(({ options }) => options.includes(option)).map(({ name }) => name)
  return `${names.join(', ')} ${names.length === 1 ? 'has' : 'have'}`
}

async function runLab(engine: Engine, lab: Lab, options: Options): Promise<void> {
  const signal = awaitedSignal(lab, options)
  const unsubscribe = engine.subscribe(printOutput(() => signal && sendAtEnter(engine, signal)))
  await engine.start(labTarget(lab, options))
  await engine.until(({ server }) => server.phase === 'gone' || server.failure !== null, null)
  unsubscribe()
}

/** Prints what the lab says, as it comes; calls the function after the first line. */
function printOutput(begun: () => void): (state: State) => void {
  let printed = 0
  return ({ log }) => {
    for (const { id, what } of log.entries) {
      if (id <= printed || what.kind !== 'output') continue
      const out = what.stream === 'stdout' ? process.stdout : process.stderr
      out.write(`${what.line}\n`)
      if (printed === 0) begun()
      printed = id
    }
  }
}

/** At a terminal Enter sends the signal; elsewhere the lab's own lines name its pid. */
function sendAtEnter(engine: Engine, signal: NodeJS.Signals): void {
  if (!process.stdin.isTTY) return
  console.log(`Enter sends ${signal}.`)
  process.stdin.on('data', () => {
    const { pid, ending } = engine.state.server
    if (pid === null || ending) return
    engine.signal(pid, signal)
    console.log(`→ ${signal} sent to ${pid}`)
  })
}
