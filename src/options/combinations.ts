import type { CommandLine } from './parse.ts'
import { isNamed } from './services.ts'
import { flagOf, option } from './table.ts'
import { UsageError } from './usage-error.ts'

/** Throws UsageError for options that mean nothing together. */
export function checkCombinations(commandLine: CommandLine): void {
  checkService(commandLine)
  checkGenerator(commandLine)
}

/** A load generator has its own clients, and says itself what they do. */
function checkGenerator({ options, given }: CommandLine): void {
  if (options.load === null) return
  const ours = [...given].find((name) => option(name).group === 'load')
  if (ours)
    throw new UsageError(`Either --${flagOf(ours)} or --load, not both: the command of --load has its own.`)
}

function checkService({ command, options, server }: CommandLine): void {
  const isForeign = server !== null || command.name === 'client'
  if (isForeign && !isNamed(options.service))
    throw new UsageError(
      `--service FILE is for the models: of a server of your own "any" takes whatever it answers.`,
    )
}
