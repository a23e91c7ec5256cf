import { findModel } from '../../servers/catalog.ts'
import { readListeners } from '../../src/observe/read-listeners.ts'
import { defaults, type Options } from '../../src/options/table.ts'
import { modelTarget } from '../../src/session/target.ts'
import { findRun } from './find-run.ts'
import { freePort } from './free-port.ts'
import { node } from './node.ts'
import { endProgram, launchProgram, type Program } from './start-program.ts'
import { until } from './until.ts'

export type Server = Program & {
  port: number
  /** Asks it to end, as Ctrl-C and the launcher do; resolves when no process of it is left. */
  stop(): Promise<void>
  /** Kills what is left. */
  end(): Promise<void>
}

/**
 * Starts a model of the catalogue alone, as the built program would, and waits until it listens. `before` stands
 * before its command, as in `setpriv … node server.js`.
 */
export async function startServer(
  model: string,
  given: Partial<Options> = {},
  { before = [] as string[] } = {},
): Promise<Server> {
  const port = await freePort()
  const { command } = modelTarget(findModel(model)!, { ...defaults, children: 3, ...given, port })
  const [first = '', ...rest] = [...before, node, ...command.slice(1)]
  const program = launchProgram(first, rest)
  await until(() => {
    if (program.process.exitCode !== null) throw new Error(`${model} ended: ${program.errors()}`)
    return readListeners().some((listener) => listener.port === port)
  }, `a listener of ${model}`)
  const stop = async () => {
    program.process.kill('SIGTERM')
    await until(() => findRun(program.run).length === 0, `the end of ${model}`)
    await program.ended
  }
  return { ...program, port, stop, end: () => endProgram(program) }
}
