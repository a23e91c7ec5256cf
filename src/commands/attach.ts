import { checkClients } from '../load/check-load.ts'
import type { CommandLine } from '../options/parse.ts'
import { UsageError } from '../options/usage-error.ts'
import { LiveSession } from '../session/live-session.ts'
import { openTerminal } from '../ui/open-terminal.tsx'
import { checkTerminal } from './check-terminal.ts'
import { findAttached } from './find-attached.ts'

/** `attach TARGET`: the screen over a server that runs already. Returns the exit code when the user has quit. */
export async function attach({ words, options }: CommandLine): Promise<number> {
  const [name = '', ...more] = words
  if (more.length > 0) throw new UsageError(`One server at a time, not "${more[0]}" too.`)
  checkClients(options.clients)
  checkTerminal()
  const target = await findAttached(name, { mayAsk: true })
  return openTerminal({ session: new LiveSession(), target, options })
}
