import { didYouMean } from '../options/closest.ts'
import { commandHelp, generalHelp } from '../options/help.ts'
import type { CommandLine } from '../options/parse.ts'
import { UsageError } from '../options/usage-error.ts'
import { commands, findCommand } from './table.ts'

/** `help [COMMAND]`. Returns the exit code. */
export async function help({ words }: CommandLine): Promise<number> {
  const [name, ...more] = words
  if (name === undefined) {
    console.log(generalHelp())
    return 0
  }
  if (more.length > 0) throw new UsageError(`One command at a time, not "${more[0]}" too.`)
  const command = findCommand(name)
  const names = commands.map((each) => each.name)
  if (!command)
    throw new UsageError(
      `No command is called "${name}". There are ${names.join(', ')}.${didYouMean(name, names)}`,
    )
  console.log(commandHelp(command))
  return 0
}
