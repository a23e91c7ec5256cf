import { client } from './commands/client.ts'
import { echo } from './commands/echo.ts'
import { guide } from './commands/guide.ts'
import { lab } from './commands/lab.ts'
import { list } from './commands/list.ts'
import { run } from './commands/run.ts'
import { serve } from './commands/serve.ts'
import { type CommandLine, parseCommandLine } from './options/parse.ts'
import { services } from './options/parse-value.ts'
import { UsageError } from './options/usage-error.ts'
import { Refusal } from './refusal.ts'

type Command = (commandLine: CommandLine) => Promise<number>

const commands: Record<string, Command> = { client, echo, guide, lab, list, run, serve }

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
  const commandLine = await loadService(parseCommandLine(argv))
  const [name, ...words] = commandLine.words
  const command = name === undefined ? undefined : commands[name]
  if (command) return command({ ...commandLine, words })
  const { openScreen } = await import('./commands/screen.ts')
  return openScreen(commandLine)
}

/** A service in a file is made ready for the server. */
async function loadService(commandLine: CommandLine): Promise<CommandLine> {
  const { service } = commandLine.options
  if (services.includes(service)) return commandLine
  const { bundleService } = await import('./session/service-file.ts')
  return { ...commandLine, options: { ...commandLine.options, serviceCode: await bundleService(service) } }
}
