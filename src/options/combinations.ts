import type { CommandLine } from './parse.ts'
import { isNamed } from './services.ts'
import { flagOf, type OptionGroup, type OptionName, option } from './table.ts'
import { UsageError } from './usage-error.ts'

/** Throws UsageError for options that mean nothing together. */
export function checkCombinations(commandLine: CommandLine): void {
  checkService(commandLine)
  checkGenerator(commandLine)
  checkRequests(commandLine)
  const { given, server, command } = commandLine
  if (given.has('duration') && given.has('connections'))
    throw new UsageError('Either --connections or --duration, not both.')
  if (!given.has('unix')) return
  if (server === null && command.name !== 'client')
    throw new UsageError('--unix is for a server of your own, behind --: the models listen on TCP.')
  for (const name of ['host', 'port'] as const)
    if (given.has(name)) throw new UsageError(`Either --unix or --${name}, not both.`)
}

function checkService({ command, options, server }: CommandLine): void {
  const isForeign = server !== null || command.name === 'client'
  if (isForeign && !isNamed(options.service))
    throw new UsageError(
      `--service FILE is for the models: of a server of your own "any" takes whatever it answers.`,
    )
}

/** A load generator has its own clients, and says itself what they do. */
function checkGenerator({ options, given }: CommandLine): void {
  if (options.load === null) return
  const ours = firstOf(given, 'load') ?? firstOf(given, 'http')
  if (ours)
    throw new UsageError(`Either --${flagOf(ours)} or --load, not both: the command of --load has its own.`)
}

/** Requests can be told from each other only where the answers say where they end. */
function checkRequests({ options, given, server }: CommandLine): void {
  const service = server !== null && !given.has('service') ? 'auto' : options.service
  const mayBeHttp = service === 'http' || service === 'auto'
  const ofHttp = firstOf(given, 'http')
  if (ofHttp && !mayBeHttp) throw new UsageError(`--${flagOf(ofHttp)} is for --service http.`)
  if (options.requests > 1 && !mayBeHttp && service !== 'echo')
    throw new UsageError('--requests is for --service http and echo: the others close after one answer.')
}

function firstOf(given: ReadonlySet<OptionName>, group: OptionGroup): OptionName | undefined {
  return [...given].find((name) => option(name).group === group)
}
