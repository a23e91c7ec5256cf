import { findModel, models } from '../../servers/catalog.ts'
import type { ServerOptions } from '../../servers/options.ts'
import type { CommandLine } from '../options/parse.ts'
import { UsageError } from '../options/usage-error.ts'
import { checkCommand, checkPort, checkSystem } from '../session/check-start.ts'
import { commandTarget, modelTarget, type Target } from '../session/target.ts'

/** Options that only some models take. */
const MODEL_OPTIONS = [
  'children',
  'reap',
  'lock',
  'edge',
  'exclusive',
  'ports',
  'schedule',
] as const satisfies (keyof ServerOptions)[]

/**
 * The server that the command line asks for: the words after the command name a model, or a command stands behind
 * `--`. Throws UsageError, or a Refusal when it could not be started here and now.
 */
export async function findTarget(commandLine: CommandLine, words: string[]): Promise<Target> {
  const { options, given, server } = commandLine
  checkSystem()
  if (server) {
    if (words.length > 0)
      throw new UsageError(
        `Either a model or a command behind --, not both: "${words[0]}" and "${server[0]}".`,
      )
    for (const name of [...MODEL_OPTIONS, 'backlog'] as const)
      if (given.has(name))
        throw new UsageError(`--${name} is for the models; give your own server's options behind --.`)
    checkCommand(server[0]!)
    return commandTarget(server, {
      host: options.host,
      port: given.has('port') ? options.port : null,
      isAnyAnswer: !given.has('service'),
    })
  }
  const [name, ...more] = words
  if (name === undefined) throw new UsageError(`Which model? There are ${modelNames()}.`)
  if (more.length > 0) throw new UsageError(`One model at a time, not "${more[0]}" too.`)
  const model = findModel(name)
  if (!model) throw new UsageError(`No model is called "${name}". There are ${modelNames()}.`)
  for (const option of MODEL_OPTIONS)
    if (given.has(option) && !model.options.includes(option))
      throw new UsageError(`${name} has no --${option}; ${takers(option)}.`)
  for (const [option, { values, why }] of Object.entries(model.choices ?? {})) {
    const value = String(options[option as keyof typeof model.choices])
    if (!values.includes(value))
      throw new UsageError(`--${option} of ${name} takes ${values.join(' or ')}, not "${value}": ${why}.`)
  }
  if (options.service === 'any' || options.service === 'auto')
    throw new UsageError(`--service ${options.service} is for a server of your own, behind --.`)
  const { most = Infinity, why } = model.mostChildren ?? {}
  if (options.children > most)
    throw new UsageError(`--children of ${name} takes at most ${most}, not ${options.children}: ${why}.`)
  for (let i = 0; i < options.ports; i++) await checkPort(options.host, options.port + i)
  return modelTarget(model, options)
}

/** Throws UsageError for options that mean something to other commands only. */
export function refuseForeignOptions({ given }: CommandLine): void {
  for (const name of ['window', 'signal'] as const)
    if (given.has(name)) throw new UsageError(`--${name} is for labs: csdesign-tui lab NAME.`)
  if (given.has('parallel')) throw new UsageError('--parallel is for csdesign-tui echo.')
}

function modelNames(): string {
  return models.map(({ name }) => name).join(', ')
}

function takers(option: keyof ServerOptions): string {
  const names = models.filter(({ options }) => options.includes(option)).map(({ name }) => name)
  return `${names.join(' and ')} ${names.length === 1 ? 'has' : 'have'}`
}
