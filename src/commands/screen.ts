import { checkClients } from '../load/check-load.ts'
import type { CommandLine } from '../options/parse.ts'
import { LiveSession } from '../session/live-session.ts'
import { openTerminal } from '../ui/open-terminal.tsx'
import { checkTerminal } from './check-terminal.ts'
import { findTarget } from './target.ts'

/** What runs when no model is named: one key away from something that moves. */
const FIRST_MODEL = 'prefork'

/** The terminal UI. Returns the exit code when the user has quit. */
export async function openScreen(commandLine: CommandLine): Promise<number> {
  const { words, server } = commandLine
  const wanted = words.length > 0 || server ? words : [FIRST_MODEL]
  checkClients(commandLine.options.clients)
  const { target, options } = await findTarget(commandLine, { words: wanted, withLabs: true })
  checkTerminal()
  return openTerminal({ session: new LiveSession(), target, options })
}
