import type { CommandLine } from './parse.ts'
import { isNamed } from './services.ts'
import { UsageError } from './usage-error.ts'

/** Throws UsageError for options that mean nothing together. */
export function checkCombinations({ command, options, server }: CommandLine): void {
  const isForeign = server !== null || command.name === 'client'
  if (isForeign && !isNamed(options.service))
    throw new UsageError(
      `--service FILE is for the models: of a server of your own "any" takes whatever it answers.`,
    )
}
