import { commandHelp, generalHelp } from './options/help.ts'
import { parseCommandLine } from './options/parse.ts'
import { UsageError } from './options/usage-error.ts'
import { Refusal } from './refusal.ts'
import { version } from './version.ts'

/** Runs the command that the arguments name, and ends the process with its exit code. */
export async function start(argv: string[]): Promise<never> {
  process.stdout.on('error', endWithoutReader)
  try {
    process.exit(await main(argv))
  } catch (error) {
    if (!(error instanceof Error)) throw error
    const isExpected = error instanceof UsageError || error instanceof Refusal
    console.error(isExpected ? error.message : error.stack)
    process.exit(error instanceof UsageError ? 2 : error instanceof Refusal ? error.exitCode : 1)
  }
}

/**
 * Nobody reads what we print any more, as behind `| head`, or it cannot be written: we end, and with us all that we
 * started, since the launcher sees our end.
 */
function endWithoutReader({ code, message }: NodeJS.ErrnoException): void {
  if (code !== 'EPIPE') console.error(`What was to be printed could not be written: ${message}`)
  process.exit(1)
}

async function main(argv: string[]): Promise<number> {
  const asked = parseCommandLine(argv)
  if ('version' in asked) console.log(version())
  else if ('help' in asked) console.log(asked.help ? commandHelp(asked.help) : generalHelp())
  else return asked.command.run(asked)
  return 0
}
