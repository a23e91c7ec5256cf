import { findLab, findModel, labs, type Model, models } from '../../servers/catalog.ts'
import { didYouMean } from '../options/closest.ts'
import { optionsOfLab } from '../options/lab-options.ts'
import { modelOptions, takesOption } from '../options/model-options.ts'
import type { CommandLine } from '../options/parse.ts'
import { notOf } from '../options/refuse.ts'
import { isNamed, serviceNames } from '../options/services.ts'
import { flagOf, type Options, option } from '../options/table.ts'
import { UsageError } from '../options/usage-error.ts'
import { checkCommand, checkSystem, checkTarget, freePort } from '../session/check-start.ts'
import { bundleService } from '../session/service-file.ts'
import { commandTarget, labTarget, modelTarget, type Target } from '../session/target.ts'
import { findAttached } from './find-attached.ts'
import { commands } from './table.ts'

/** What stands in a command of the user's for the port that it is to listen on. */
const PORT = '{port}'

/** The server that is asked for, and the options it is started with. */
export type Wanted = { target: Target; options: Options }

/**
 * The server that the command line asks for: a word names a model, or where `labs` may be started, too, a lab; or a
 * command stands behind `--`. Throws UsageError, or a Refusal when it could not be started here and now.
 */
export async function findTarget(
  commandLine: CommandLine,
  { words = commandLine.words, withLabs = false } = {},
): Promise<Wanted> {
  const { options, server } = commandLine
  checkSystem()
  if (options.attach !== null) {
    if (server || words.length > 0)
      throw new UsageError('--attach names the server: no model or command beside it.')
    return { target: await findAttached(options.attach, { mayAsk: false }), options }
  }
  if (server) return { target: await ownServer(commandLine, server), options }
  const [name, ...more] = words
  if (name === undefined) throw new UsageError(`Which model? There are ${modelNames().join(', ')}.`)
  if (more.length > 0) throw new UsageError(`One model at a time, not "${more[0]}" too.`)
  const lab = withLabs ? findLab(name) : undefined
  if (lab) {
    checkLabOptions(commandLine, lab.name)
    return { target: labTarget(lab, options), options }
  }
  const model = findModel(name)
  if (!model) throw unknownModel(name, withLabs)
  checkModelOptions(commandLine, model)
  const ready = { ...options, ...(await readyService(options.service)) }
  const target = modelTarget(model, ready)
  await checkTarget(target)
  return { target, options: ready }
}

/** Options of the load and the address are for what the user starts after the lab. */
function checkLabOptions({ given }: CommandLine, name: string): void {
  const own = optionsOfLab(findLab(name)!)
  for (const each of given) {
    const { group } = option(each)
    if (group === 'lab' && !own.includes(each)) throw notOf(name, each, 'lab')
    if (group === 'model' && !own.includes(each)) throw notOf(name, each, 'model')
  }
}

async function ownServer({ words, options, given }: CommandLine, command: string[]): Promise<Target> {
  if (words.length > 0)
    throw new UsageError(
      `Either a model or a command behind --, not both: "${words[0]}" and "${command[0]}".`,
    )
  for (const name of given)
    if (['models', 'model'].includes(option(name).group))
      throw new UsageError(`--${flagOf(name)} is for the models; give your own server's options behind --.`)
  checkCommand(command[0]!)
  const { host } = options
  const isFilled = command.some((word) => word.includes(PORT))
  const port = given.has('port') ? options.port : isFilled ? await freePort(host) : null
  const filled = command.map((word) => word.replaceAll(PORT, String(port)))
  return commandTarget(filled, { host, port, isAnyAnswer: !given.has('service') }, options)
}

function checkModelOptions({ options, given }: CommandLine, model: Model): void {
  const { name, choices = {}, mostChildren } = model
  for (const each of modelOptions())
    if (given.has(each) && !takesOption(model, each)) throw notOf(name, each, 'model')
  if (isNamed(options.service) && !serviceNames.includes(options.service))
    throw new UsageError(
      `--service of a model takes ${serviceNames.join(', ')} or a file, not "${options.service}".`,
    )
  for (const [each, { values, why }] of Object.entries(choices)) {
    const value = String(options[each as keyof typeof choices])
    if (!values.includes(value))
      throw new UsageError(`--${each} of ${name} takes ${values.join(' or ')}, not "${value}": ${why}.`)
  }
  if (mostChildren && options.children > mostChildren.most)
    throw new UsageError(
      `--children of ${name} takes at most ${mostChildren.most}, not ${options.children}: ${mostChildren.why}.`,
    )
}

/** A service in a file is made ready for the server. */
async function readyService(service: string): Promise<Pick<Options, 'serviceCode'>> {
  return isNamed(service) ? {} : { serviceCode: await bundleService(service) }
}

function modelNames(): string[] {
  return models.map(({ name }) => name)
}

function unknownModel(name: string, withLabs: boolean): UsageError {
  const others = withLabs ? [...labs, ...commands].map((each) => each.name) : []
  const hint = didYouMean(name, [...modelNames(), ...others])
  return new UsageError(`No model is called "${name}". There are ${modelNames().join(', ')}.${hint}`)
}
