import { checkClients } from '../load/check-load.ts'
import type { CommandLine } from '../options/parse.ts'
import { Refusal } from '../refusal.ts'
import { LiveSession } from '../session/live-session.ts'
import { isTooSmall, SMALLEST } from '../ui/layout.ts'
import { openTerminal } from '../ui/open-terminal.tsx'
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

function checkTerminal(): void {
  const { stdin, stdout } = process
  if (!stdin.isTTY || !stdout.isTTY)
    throw new Refusal('There is no terminal here: use "csdesign-tui run MODEL", which needs none.')
  const size = { width: stdout.columns, height: stdout.rows }
  if (isTooSmall(size))
    throw new Refusal(
      `This terminal is ${size.width}×${size.height}; csdesign-tui needs at least ${SMALLEST.width}×${SMALLEST.height}: enlarge it, or use "csdesign-tui run MODEL".`,
    )
}
